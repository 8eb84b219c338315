package markdown

// nestingBudget bounds the work that nested quotes and lists make: a line costs Goldmark the square of its depth. Ten
// lines of ten thousand quotes each are within it, and no body that a person could read comes near. Without a bound,
// 50 MB of ">" would take years.
const nestingBudget = 1 << 30

// tooDeep says whether reading the text would go beyond the bound, and where.
func tooDeep(src []byte) (at int, deep bool) {
	spent := 0
	for at < len(src) {
		depth, i := 0, at
		for ; i < len(src); i++ {
			c := src[i]
			spaced := i+1 < len(src) && (src[i+1] == ' ' || src[i+1] == '\t')
			if c == '>' || spaced && (c == '-' || c == '+' || c == '*' || c == '.' || c == ')' || c == ':') {
				depth++
			} else if c != ' ' && c != '\t' && (c < '0' || c > '9') {
				break
			}
		}
		if spent += depth * depth; spent > nestingBudget {
			return at, true
		}
		for i < len(src) && src[i] != '\n' {
			i++
		}
		at = i + 1
	}
	return 0, false
}
