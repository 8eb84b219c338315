package diag

import "strings"

// Explanation tells a comms officer what a finding means and how to mend it honestly: the line to paste, the page to leave
// out, the person to ask. Means and Mend are plain sentences; Example, if there is one, is lines to copy from.
type Explanation struct {
	Means   string
	Mend    string
	Example string
}

// explainParts are the explanations, part by part of the work.
var explainParts = []map[string]Explanation{
	explainLanguages,
	explainFiles,
	explainFront,
	explainBodies,
	explainProof,
	explainPages,
	explainAlerts,
	explainWords,
	explainFigures,
	explainForms,
	explainPacks,
	explainPrint,
	explainEstate,
}

// explanations are by the rule's name, one file for each part of the work.
var explanations = func() map[string]Explanation {
	all := map[string]Explanation{}
	for _, part := range explainParts {
		for name, e := range part {
			all[name] = e
		}
	}
	return all
}()

// Explain finds a rule by its code or its name, in capitals or small letters.
func Explain(codeOrName string) (Rule, Explanation, bool) {
	for _, r := range registry {
		if strings.EqualFold(r.Code, codeOrName) || strings.EqualFold(r.Name, codeOrName) {
			e, ok := explanations[r.Name]
			return r, e, ok
		}
	}
	return Rule{}, Explanation{}, false
}
