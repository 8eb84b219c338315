package vetting

import (
	"cmp"

	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/words"
)

// Changed gives when a page was last changed, by its own word: its key updated, or else date.
func Changed(front map[string]any) any { return cmp.Or(front["updated"], front["date"]) }

// Behind reports whether a page was changed after another that translates it: both given by their key updated, or else
// date. On the same day neither is behind the other.
func Behind(translation, source any) bool {
	t, ok := Start(translation)
	s, known := Start(source)
	return ok && known && s.After(t)
}

// languages says of the edition's translations which are older than their source or unchecked, and of its languages which
// lack words.
func (v *Vetted) languages() diag.List {
	var found diag.List
	byAddress := map[string]*Page{}
	first := map[string]*Page{}
	for _, p := range v.pages {
		byAddress[p.Address] = p
	}
	for _, p := range v.pages {
		if p.Absence != Present || p.Lang == "" {
			continue
		}
		if first[p.Lang] == nil {
			first[p.Lang] = p
			found.Add(interfaceWords(v.repo, p.Lang, diag.Pos{File: p.File})...)
		}
		if source := byAddress[p.Source()]; source != nil && source != p && Behind(Changed(p.Front), Changed(source.Front)) {
			at := p.Key("updated")
			if p.Front["updated"] == nil {
				at = p.Key("date")
			}
			found.Add(diag.New(diag.TranslationOld, at, "bring it up to date with "+source.File+" and set updated", "this translation is older than the page that it translates"))
		}
		if reviewed, _ := p.Front["translation_reviewed"].(bool); !reviewed && !p.Section {
			found.Add(diag.New(diag.TranslationUnreviewed, diag.Pos{File: p.File, Line: 1}, "when somebody whose first language it is has checked it, set translation_reviewed = true", "no native speaker has checked this translation"))
		}
	}
	if own := v.repo.Config().PrimaryLanguage(); own != words.Fallback {
		found.Add(interfaceWords(v.repo, own, diag.Pos{File: "candour.toml"})...)
	}
	return found
}

func interfaceWords(repo *load.Repo, lang string, at diag.Pos) diag.List {
	speech := repo.Speech()
	const hint = "add the words in themes/candour/i18n/; candour explain interface-words-missing tells how"
	switch missing := speech.Missing(lang); {
	case !speech.Has(lang):
		return diag.List{diag.New(diag.InterfaceMissing, at, hint, "there are no interface words in the language %q: menus and notices are in English", lang)}
	case !speech.Reviewed(lang) && len(missing) == 0:
		return diag.List{diag.New(diag.InterfaceUnreviewed, at, "when somebody whose first language it is has read the words, a file themes/candour/i18n/"+lang+".toml with reviewed = true says so", "no native speaker has reviewed the interface words in the language %q", lang)}
	case len(missing) > 0:
		return diag.List{diag.New(diag.InterfaceMissing, at, hint, "the interface words in the language %q are not complete: %d are in English, %s among them", lang, len(missing), missing[0])}
	}
	return nil
}
