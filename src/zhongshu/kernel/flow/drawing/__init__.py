"""A process as a picture: clean SVG, laid out without any outside tool. 流程图."""
