"""The ways out and in: SMTP, IMAP, an SMS gateway over HTTP. They know no business word, no store and no clock of the house."""
