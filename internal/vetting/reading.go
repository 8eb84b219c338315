package vetting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/reading"
	"candour/internal/wording"
)

// readingAge measures the text that the edition shows: of pages with a target of their own, and of every page where that
// was asked for.
func (v *Vetted) readingAge(all bool) diag.List {
	var found diag.List
	known := map[string]map[string]bool{}
	for _, p := range v.pages {
		target, _ := p.Front["reading_age_target"].(int64)
		if p.Absence != Present || p.Section || target == 0 && !all {
			continue
		}
		if known[p.Lang] == nil {
			known[p.Lang] = v.names(p.Lang)
		}
		score := reading.Measure(wording.Read(p.Doc, p.Body, func(off int) bool { return !p.HiddenAt(off) }), known[p.Lang])
		if !score.Enough() {
			continue
		}
		long := slices.Clone(score.Long)
		slices.SortStableFunc(long, func(a, b wording.Sentence) int { return cmp.Compare(len(b.Words), len(a.Words)) })
		var lines []string
		for _, s := range long[:min(3, len(long))] {
			lines = append(lines, fmt.Sprintf("line %d (%d words)", p.pos(s.At()).Line, len(s.Words)))
		}
		english := p.english(v.repo)
		if age := score.Age(); english && target > 0 && age > int(target) {
			hint := "shorten sentences and words, or raise the target"
			if len(lines) > 0 {
				hint += "; the longest sentences begin on " + strings.Join(lines, ", ")
			}
			found.Add(diag.New(diag.ReadingAge, p.Key("reading_age_target"), hint, "needs a reading age of %d, and reading_age_target is %d", age, target))
		}
		if all {
			level := fmt.Sprintf("reading age %d", score.Age())
			if !english {
				level = fmt.Sprintf("LIX %d", score.LIX())
			}
			message := fmt.Sprintf("%s; %d words a sentence; sentences over %d words: %d", level, score.PerSentence(), reading.LongSentence, len(long))
			if len(lines) > 0 {
				message += ", the longest on " + strings.Join(lines, ", ")
			}
			found.Add(diag.New(diag.ReadingLevel, diag.Pos{File: p.File, Line: p.BodyLine}, "", "%s", message))
		}
	}
	return found
}

// names are the words that the glossary of a language explains.
func (v *Vetted) names(lang string) map[string]bool {
	out := map[string]bool{}
	words := v.repo.Words().In(lang)
	for _, key := range words.Keys("glossary") {
		e := words.Get("glossary", key)
		texts := []string{e.Text("term")}
		list, _ := e["forms"].([]any)
		for _, f := range list {
			s, _ := f.(string)
			texts = append(texts, s)
		}
		for _, t := range texts {
			for _, w := range strings.Fields(strings.ToLower(t)) {
				out[w] = true
			}
		}
	}
	return out
}
