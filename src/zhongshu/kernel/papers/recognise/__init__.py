"""Recognising the elements of an official document, one file an element. 公文要素识别."""
