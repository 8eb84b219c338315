package wording

import "regexp"

// substance are the words for what a laboratory may find; sites need not list theirs, since "contains" is a claim whatever
// follows it.
const substance = `(?:(?:a|an|the|some|traces|trace|of|high|levels|synthetic|potent|strong|dangerous|other|new|kind|type|presence|both|pure|illicit) )*` +
	`(?:[a-z0-9-]*nitazenes?|nitazene-type|[a-z0-9-]*fentanyls?|[a-z]*fentanil|opioids?|opiates?|xylazine|medetomidine|benzodiazepines?|[a-z]*azolam|[a-z-]*cannabinoids?|pma|pmma|mdma|ketamine|cocaine|heroin|adulterants?)`

// form is what a drug comes as.
const form = `(?:tablets?|pills?|powders?|vapes?|capsules?|batch|batches|sweets|gummies|liquids?|blotters?|heroin|cocaine|ketamine|mdma|ecstasy|oxycodone|diazepam|xanax|samples?)`

// analysis is who or what confirms.
const analysis = `(?:tests?|testing|analysis|analyses|toxicology|forensics|laborator(?:y|ies)|labs?|results?|police|we|scientists|it|hospital|hospitals)`

// claims are the ways to state as fact what a drug holds.
var claims = []*regexp.Regexp{
	regexp.MustCompile(` (contain|contains|contained|containing) `),
	regexp.MustCompile(` (laced|cut|adulterated|contaminated|spiked|tainted) with `),
	regexp.MustCompile(` [a-z]+-(laced|adulterated|contaminated) `),
	regexp.MustCompile(` (confirmed|found|shown|showed|proved|proven|known|established|verified|identified|detected|turned out) (?:now |already )?to (?:be|contain|have|hold) `),
	regexp.MustCompile(` (confirmed|identified|verified) as `),
	regexp.MustCompile(` ` + substance + ` (?:is |are |was |were |has |have |been |now |also )*(confirmed|found|detected|identified|discovered|present) `),
	regexp.MustCompile(` (confirmed|confirm|confirms|found|finds|detected|identified|discovered) (?:, )?(?:that )?` + substance + ` `),
	regexp.MustCompile(` (positive) for `),
	regexp.MustCompile(` ` + analysis + ` (?:has |have |had |can |now |today |also )*(confirm|confirms|confirmed|prove|proves|proved|established|verified) (?:, )?(?:that|it|this|the|these|what|` + substance + `) `),
	regexp.MustCompile(` (confirmed) (?:, )?by (?:a |an |the |accredited |further )*(?:laboratory|lab|test|tests|testing|analysis|toxicology|forensics) `),
	regexp.MustCompile(` ` + analysis + ` (?:has |have |had )?(show|shows|showed|shown|reveal|reveals|revealed) (?:that )?(?:(?:the|these|this|they|it|` + form + `) )*(?:` + substance + `|contain|are|were|is|was) `),
	regexp.MustCompile(` ` + form + ` (is|are|was|were) (?:really |actually |in |fact |definitely |now |known |to |be |just )*` + substance + ` `),
	regexp.MustCompile(` there (is|are|was|were) (?:definitely |now )?` + substance + ` in `),
	regexp.MustCompile(` (has|have|had|hold|holds|held) ` + substance + ` (?:in (?:it|them)) `),
	regexp.MustCompile(` (holds|held) ` + substance + ` `),
}

var (
	// What contains things without being a drug.
	holders = set("kit kits pack packs page pages leaflet leaflets list lists section sections website site guide document statement alert notice poster feed box strip strips plan chapter table narrative template")
	// What a page or a kit contains; and what is contained in the sense of held back.
	contents = set("advice information guidance instructions links details words contacts dose doses naloxone outbreak spread risk risks harm situation incident everything")
	none     = set("no nothing none neither not")
	// With these, "what" asks: "what it contains is not known".
	asked    = set("is are was were has have will and or yet until at before by")
	askers   = set("what which how")
	contain  = set("contain contains contained containing")
	unproven = set("unconfirmed unproven untrue false wrong")
)

// Claims finds the sentences that state flatly what a drug holds: "confirmed to contain", "tested positive for", "is laced
// with". What is denied, doubted, supposed or asked passes: "not yet confirmed to contain", "may contain", "we do not know
// whether it contains", "if a tablet contains". quotations says whether words in quotation marks pass too, as they do where
// an alert repeats a rumour to correct it.
func Claims(sentences []Sentence, quotations bool) []Sentence {
	var flat []Sentence
	for _, s := range sentences {
		if s.claims(quotations) {
			flat = append(flat, s)
		}
	}
	return flat
}

func (s Sentence) claims(quotations bool) bool {
	if s.Question {
		return false
	}
	line, word := s.line()
	for _, re := range claims {
		for at := 0; ; {
			m := re.FindStringSubmatchIndex(line[at:])
			if m == nil {
				break
			}
			from, to := word(at+m[2]), word(at+m[3]-1)
			at += m[3]
			at-- // the space before the next word
			if quotations && s.Words[from].Quoted {
				continue
			}
			if !s.denied(from) && !s.hedged(from) && !s.harmless(from, to) {
				return true
			}
		}
	}
	return false
}

// harmless reports whether the verb from a to b claims nothing after all.
func (s Sentence) harmless(a, b int) bool {
	next := b + 1
	end := next >= len(s.Words) || s.Words[next].Break
	if next < len(s.Words) && none[s.Words[next].Text] {
		return true // contains no opioid, found nothing
	}
	if contain[s.Words[a].Text] {
		if s.within(a-2, a, holders) || s.within(next, next+4, contents) {
			return true
		}
		if s.within(s.clause(a), a, askers) && (end || asked[s.Words[next].Text]) {
			return true // what it contains
		}
	}
	// "That they contain nitazenes is not confirmed": denied afterwards, in the same clause.
	for i := next; i < len(s.Words) && !s.Words[i].Break && !clauses[s.Words[i].Text]; i++ {
		switch t := s.Words[i].Text; {
		case (t == "is" || t == "are" || t == "has" || t == "have") && i+1 < len(s.Words) && (s.Words[i+1].Text == "not" || unproven[s.Words[i+1].Text]):
			return true
		case t == "isn't" || t == "hasn't" || t == "haven't" || t == "aren't":
			return true
		}
	}
	return false
}
