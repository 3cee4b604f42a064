"""Papers: rules about what stands on an official document. 公文上的规则。"""
