package media

import "bytes"

// pdfRest is what of a PDF's bytes is no part of an object that [Read] has read: comments, words that are no syntax, and
// streams as they are packed. Left out are delimiters, operands and keywords, names, and strings in hexadecimal digits, which are
// among the texts.
func pdfRest(data []byte) []byte {
	var out []byte
	for i := 0; i < len(data); {
		from := i
		switch c := data[i]; {
		case c == '%':
			for i < len(data) && data[i] != '\n' && data[i] != '\r' {
				i++
			}
			out = append(append(out, data[from:i]...), '\n')
		case c == '/':
			for i++; i < len(data) && !ends(data[i]); i++ {
			}
			out = append(out, ' ')
		case c == '(':
			depth := 0
			for ; i < len(data); i++ {
				if data[i] == '\\' {
					i++
				} else if data[i] == '(' {
					depth++
				} else if data[i] == ')' {
					if depth--; depth == 0 {
						i++
						break
					}
				}
			}
			i = min(i, len(data))
			out = append(out, data[from:i]...)
		case c == '<' && i+1 < len(data) && data[i+1] != '<':
			for i++; i < len(data) && hexOrSpace(data[i]); i++ {
			}
			if i == len(data) || data[i] != '>' {
				out = append(out, data[from:i]...)
			}
		case ends(c):
			i++
			if len(out) > 0 && out[len(out)-1] != ' ' {
				out = append(out, ' ')
			}
		default:
			for i < len(data) && !ends(data[i]) {
				i++
			}
			switch word := data[from:i]; {
			case string(word) == "stream":
				end := bytes.Index(data[i:], []byte("endstream"))
				if end < 0 {
					end = len(data) - i
				}
				out = append(out, data[i:i+end]...)
				i += end
			case !operand(word):
				out = append(append(out, word...), ' ')
			}
		}
	}
	return out
}

// ends reports whether a byte ends a token (ISO 32000-1, 7.2.2).
func ends(c byte) bool {
	switch c {
	case 0, '\t', '\n', '\f', '\r', ' ', '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

func hexOrSpace(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' || c == ' ' || c == '\n' || c == '\r' || c == '\t'
}

// operand reports whether a word is syntax: a keyword, or a number that nobody would dial.
func operand(word []byte) bool {
	switch string(word) {
	case "obj", "endobj", "R", "endstream", "true", "false", "null", "xref", "trailer", "startxref", "n", "f":
		return true
	}
	for _, c := range word {
		if (c < '0' || c > '9') && c != '.' && c != '-' && c != '+' {
			return false
		}
	}
	return len(word) < 5 || word[0] != '0' && word[0] != '+' || bytes.IndexByte(word, '.') >= 0
}
