"""BPMN 2.0: any model read and written without loss, a declared subset executed, diagrams laid out and drawn.

``document`` reads and writes, ``diagram`` holds the drawing, ``compiler`` turns a process into a ``Definition``,
``engine`` moves tokens over it, ``layout`` places a process that has no drawing, ``picture`` draws it as SVG.
"""
