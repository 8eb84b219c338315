package audit

import (
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/redact"
	"candour/internal/webcheck"
)

// File audits one file.
func (w *Watch) File(f output.File) diag.List {
	base := w.cleared.Edition().BaseURL
	return w.file(&f, webcheck.Options{BasePath: redact.BasePath(base), BaseURL: base, Language: w.cleared.Config().Language}).found
}
