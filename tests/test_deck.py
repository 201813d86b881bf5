"""The deck says what the screens say: every figure and text is read back, and LibreOffice shows all of it."""
