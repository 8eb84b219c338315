package present

import (
	"cmp"
	"strings"

	"candour/internal/redact"
	"candour/internal/vetting"
)

// translation says of a translation that its source has changed since, and that no native speaker has checked it.
func (s *Site) translation(p *redact.Page) []Notice {
	if p.Lang == "" {
		return nil
	}
	var notices []Notice
	say := s.say(p)
	if source := s.sources()[strings.TrimPrefix(p.Address, "/"+p.Lang)]; source != nil && vetting.Behind(changed(p), changed(source)) {
		notices = append(notices, Notice{"translation", say.T("translation_old")})
	}
	if reviewed, _ := p.Params["translation_reviewed"].(bool); !reviewed && !p.Section {
		notices = append(notices, Notice{"translation", say.T("translation_unreviewed")})
	}
	return notices
}

// changed is when a page was last changed, by its own word; what is withheld of it counts for nothing.
func changed(p *redact.Page) any {
	at, ok := dateOf(cmp.Or(p.Params["updated"], p.Params["date"]))
	if !ok {
		return nil
	}
	return at
}

func (s *Site) originals() map[string]*redact.Page {
	found := map[string]*redact.Page{}
	for _, p := range s.cleared.Pages() {
		if p.Lang == "" {
			found[p.Address] = p
		}
	}
	return found
}
