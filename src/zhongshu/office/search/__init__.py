"""Full text search in Chinese, with the permission to see inside the query.

检索：二元切分的中文全文检索，权限写在查询里。
"""
