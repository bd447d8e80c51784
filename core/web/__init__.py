"""Plain ASGI beside Streamlit: the gate, the headers, the health answer. Draws no screen and knows no business word."""
