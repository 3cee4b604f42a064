"""Reading about incoming documents, a module for each page. 收文的查询."""
