"""Two invented reports as a scan reads and compares them."""

from kejidiff.model import Comparison, Document, SourceText
from kejidiff.options import ScanOptions
from kejidiff.pipeline.compare import Comparer
from kejidiff.text.documents import find_documents

#: Sentences in which nothing is odd, long enough to be a passage of their own.
OPENING = "以企业为主体，推动产学研深度融合，新建院士工作站和重点实验室，引进高层次人才，转化科技成果，服务农民增收。"
BODY = "组织科技特派员深入田间地头，开展茶叶加工、油茶种植技术培训，发放技术资料，帮助合作社解决生产难题。"


def compared(left: str, right: str) -> Comparison:
    """The comparison of two files with one report each."""
    texts = {"left.txt": left, "right.txt": right}
    documents: list[Document] = []
    for path, text in texts.items():
        found = find_documents(SourceText(path, text))
        assert len(found) == 1
        documents += found
    return Comparer(documents, texts, ScanOptions()).compare(0, 1)
