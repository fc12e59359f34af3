"""Messages judged by a contract that came as data (JSON Schema, XML Schema), and translated between its versions."""
