"""Shared Streamlit pieces; with app.py and pages/ the only code that imports streamlit. Decides nothing of the trade."""
