package webcheck

import (
	"fmt"
	"path"
	"strings"

	"candour/internal/diag"
)

// MostWeight is how many bytes a page may have together with its style sheets and scripts, before images.
const MostWeight = 50_000

// Weight finds pages that are too large for a bad connection. Like [Links] it comes when every file has been scanned; nil
// pages are passed over. sizes are those of all files of the site, by path.
func Weight(pages []*Page, sizes map[string]int, opt Options) []Problem {
	paths := make([]string, 0, len(sizes))
	for p := range sizes {
		paths = append(paths, p)
	}
	r := newResolver(pages, paths, opt)
	var out []Problem
	for _, p := range pages {
		if p == nil || !strings.HasSuffix(p.path, ".html") {
			continue
		}
		page, rest := sizes[p.path], 0
		fetched := map[string]bool{}
		addrs := string(p.addrs)
		for _, ref := range p.refs {
			if !ref.request {
				continue
			}
			addr, _, _ := strings.Cut(addrs[ref.start:ref.end], "#")
			addr, _, _ = strings.Cut(addr, "?")
			switch ext := strings.ToLower(path.Ext(addr)); {
			case ext != ".css" && ext != ".js" && ext != ".mjs":
			default:
				if t := r.resolve(p, addr); t.file != "" && !fetched[t.file] {
					fetched[t.file] = true
					rest += sizes[t.file]
				}
			}
		}
		switch {
		case rest > MostWeight:
			out = append(out, Problem{Rule: diag.PageWeight, Path: p.path, Subject: p.path,
				Message: fmt.Sprintf("the page's style sheets and scripts have %s: more than %s before any image", kilobytes(rest), kilobytes(MostWeight)),
				Hint:    "make them smaller, or leave out what the page does not need"})
		case page+rest > MostWeight:
			out = append(out, Problem{Rule: diag.PageWeight, Path: p.path, Subject: p.path,
				Message: fmt.Sprintf("the page has %s, its style sheets and scripts %s: more than %s before any image", kilobytes(page), kilobytes(rest), kilobytes(MostWeight)),
				Hint:    "split the page, or offer long tables as a file for download"})
		}
	}
	return out
}

func kilobytes(n int) string { return fmt.Sprintf("%d kB", (n+500)/1000) }
