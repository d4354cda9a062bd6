"""SourceText -> Documents: repair, furniture, page marks, compilations, folding; never losing the way back."""
