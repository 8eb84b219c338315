package wording

import (
	"slices"
	"strings"
)

// A guard tells whether what a sentence says is denied, doubted, asked or supposed, and so is no flat statement. It looks
// at the clause that the words stand in, from its beginning to them: what is denied in another clause says nothing about
// this one.

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

var (
	negations = set("not no never nobody nothing none neither nor without cannot")
	// Words behind a negation that turn it into an affirmation, or that it denies instead of the statement: no doubt, not
	// only, not suspected.
	notNegated = set("doubt only just simply merely question longer suspected suspicion rumour")
	// What people are told not to do with a drug says nothing of what the drug holds.
	actions = set("take use buy touch share swallow inject smoke snort handle eat keep sell accept mix throw drop try")
	hedges  = set(`might could possibly perhaps maybe suspect suspects suspected suspecting suspicion believe believes believed
		thought think thinks fear fears feared reportedly reported alleged allegedly apparently appear appears appeared seem seems seemed
		likely unlikely probable probably potential potentially rumour rumours rumoured unconfirmed unproven untested would sometimes often
		usually any anything whatever assume assumes assumed expect expects expected risk possible claim claims claimed`)
	conditions = set("if whether unless until once before soon")
	// Conjunctions that begin a clause of their own.
	clauses = set("but because since so although though while whereas")
	// With these, "and" and "or" begin one.
	determiners = set("the this that these those they it we she he i you there some all both each every a an no")
	asides      = set("so as at in for until however though therefore yet of we")
)

// clause is the index of the first word of the clause that word i stands in.
func (s Sentence) clause(i int) int {
	for ; i > 0; i-- {
		w := s.Words[i]
		if clauses[w.Text] {
			return i + 1
		}
		if (w.Text == "and" || w.Text == "or") && i+1 < len(s.Words) && determiners[s.Words[i+1].Text] {
			return i + 1
		}
		if !w.Break || s.listed(i) {
			continue
		}
		if from, ok := s.aside(i); ok {
			i = from
			continue
		}
		return i
	}
	return 0
}

// listed reports whether the break before word i is one of a list: "no tablet, pill or powder".
func (s Sentence) listed(i int) bool {
	for j := i + 1; j < len(s.Words) && j <= i+3; j++ {
		if s.Words[j].Break {
			continue
		}
		if t := s.Words[j].Text; (t == "or" || t == "nor" || t == "and") && j+1 < len(s.Words) && !determiners[s.Words[j+1].Text] {
			return true
		}
	}
	return false
}

// aside reports whether the words before the break at word i are put in between, as in "has not, so far, been", and from
// which word on.
func (s Sentence) aside(i int) (from int, ok bool) {
	for j := i - 1; j > 0 && j >= i-4; j-- {
		if s.Words[j].Break {
			return j, asides[s.Words[j].Text]
		}
	}
	return 0, false
}

// denied reports whether a negation governs word i.
func (s Sentence) denied(i int) bool {
	for j := s.clause(i); j < i; j++ {
		t := s.Words[j].Text
		next := s.Words[j+1].Text
		switch {
		case t == "without" && (next == "doubt" || next == "a" && j+2 < len(s.Words) && s.Words[j+2].Text == "doubt"):
		case !negations[t] && !strings.HasSuffix(t, "n't"):
		case actions[next], notNegated[next] && j+1 < i, next == "a" && j+2 < i && notNegated[s.Words[j+2].Text]:
		default:
			return true
		}
	}
	return false
}

// hedged reports whether the statement at word i is a doubt, a supposition or a question.
func (s Sentence) hedged(i int) bool {
	if s.Question {
		return true
	}
	for j := s.clause(i); j < i; j++ {
		t := s.Words[j].Text
		switch {
		case t == "may" && (!s.Words[j].Upper || j == 0): // and not the month
			return true
		case t == "can":
			if k := j + 1; !slices.Contains([]string{"confirm", "now", "also", "today"}, s.Words[k].Text) {
				return true
			}
		case (t == "said" || t == "yet") && s.Words[j+1].Text == "to", t == "say" || t == "says":
			return true
		case hedges[t]:
			if j > 0 && (negations[s.Words[j-1].Text] || s.Words[j-1].Text == "longer") {
				continue // no longer suspected, not believed
			}
			return true
		case conditions[t]:
			return true
		}
	}
	return false
}

// within reports whether one of the words from a to b, b excluded, is in the set.
func (s Sentence) within(a, b int, words map[string]bool) bool {
	for i := max(a, 0); i < min(b, len(s.Words)); i++ {
		if words[s.Words[i].Text] {
			return true
		}
	}
	return false
}
