from tests.office.matters.test_act import opened, submit, approve
from zhongshu.office.search import queries, models
def test_x(town):
    m = opened(town); submit(town,m); approve(town,m,'张科')
    for d in models.Document.objects.all(): print(d.id, d.part, repr(d.text), repr(d.spelling))
    for q in ["3 台","3","台","购置 拟购","拟购"]:
        f=queries.search(text=q, seen_by=town.actor('李局')); print(q, f.total)
