// Package nearmiss finds the known word that somebody meant to type.
package nearmiss

import (
	"fmt"
	"strings"
)

// Nearest returns the known word that word is most likely a slip for, or "" if none is near. Case and the difference
// between _, - and space weigh nothing; of equally near words the first in known wins, so the answer is stable when known
// is sorted.
func Nearest(word string, known []string) string {
	w := fold(word)
	if len(w) == 0 || len(w) > 64 {
		return "" // a pasted paragraph is no slip, and the table below is quadratic
	}
	best, bestDistance := "", 0
	for _, k := range known {
		f := fold(k)
		allowed := max(1, max(len(w), len(f))/3)
		if max(len(w), len(f)) <= 2 || len(f) > 64 {
			allowed = 0
		}
		if diff := len(w) - len(f); diff > allowed || -diff > allowed {
			continue
		}
		if d := distance(w, f); d <= allowed && (best == "" || d < bestDistance) {
			best, bestDistance = k, d
		}
	}
	return best
}

// Suffix puts the near miss into words for the end of a message: `; did you mean "title"?`, or nothing. Only known
// words are named, never what was typed.
func Suffix(word string, known []string) string {
	if n := Nearest(word, known); n != "" {
		return fmt.Sprintf("; did you mean %q?", n)
	}
	return ""
}

func fold(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return '_'
		}
		return r
	}, strings.ToLower(strings.TrimSpace(s))))
}

// distance is the optimal string alignment distance: insertions, deletions, substitutions, and swaps of neighbours,
// which are what hurried typing makes most of.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
