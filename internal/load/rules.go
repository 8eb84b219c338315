package load

import (
	"slices"

	"candour/internal/diag"
	"candour/internal/schema"
	"candour/internal/vocab"
	"candour/internal/wording"
	"candour/internal/words"
)

// rules are what pages are judged and shown by: the vocabularies, the schema, the theme with its words.
type rules struct {
	words   *vocab.Set
	speech  *words.Set
	wording func() *wording.List
	schema  *schema.Schema
	data    map[string][]byte
	theme   Theme
	static  []StaticFile // of the theme
	found   diag.List
}

// loadRules reads data/ and the theme, or takes them from the cache, whose owner drops it when they change. With packs, which
// bring data of their own, they are read each time.
func (r *Repo) loadRules(opt Options) diag.List {
	if opt.Cache == nil || len(r.packs) > 0 {
		return append(r.loadData(opt), r.loadTheme(opt)...)
	}
	opt.Cache.mu.Lock()
	defer opt.Cache.mu.Unlock()
	k := opt.Cache.rules
	if k == nil {
		found := append(r.loadData(opt), r.loadTheme(opt)...)
		k = &rules{r.words, r.speech, r.wording, r.schema, r.data, r.theme, slices.Clone(r.static), found}
		opt.Cache.rules = k
		return slices.Clone(found)
	}
	r.words, r.speech, r.wording, r.schema, r.data, r.theme, r.static = k.words, k.speech, k.wording, k.schema, k.data, k.theme, slices.Clone(k.static)
	return slices.Clone(k.found)
}
