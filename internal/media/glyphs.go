package media

import (
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// glyphText is what a glyph of that name stands for, by the rules of the Adobe Glyph List: names of letters with their
// accents, uniXXXX, parts joined by underscores, variants after a full stop. Empty if nobody can tell.
func glyphText(name string) string {
	name, _, _ = strings.Cut(name, ".")
	var b strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		text := oneGlyph(part)
		if text == "" {
			return ""
		}
		b.WriteString(text)
	}
	return b.String()
}

func oneGlyph(name string) string {
	if text, ok := glyphNames[name]; ok {
		return text
	}
	if len(name) == 1 && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z') {
		return name
	}
	for _, prefix := range []string{"uni", "u"} {
		digits, ok := strings.CutPrefix(name, prefix)
		if !ok || len(digits) < 4 || len(digits) > 6 {
			continue
		}
		if n, err := strconv.ParseUint(digits, 16, 32); err == nil && n < 0x110000 {
			return string(rune(n))
		}
	}
	for accent, mark := range glyphAccents {
		if letter, ok := strings.CutSuffix(name, accent); ok && len(letter) == 1 {
			return norm.NFC.String(letter + mark)
		}
	}
	return ""
}

var glyphAccents = map[string]string{
	"grave": "\u0300", "acute": "\u0301", "circumflex": "\u0302", "tilde": "\u0303", "macron": "\u0304", "breve": "\u0306",
	"dotaccent": "\u0307", "dieresis": "\u0308", "ring": "\u030a", "hungarumlaut": "\u030b", "caron": "\u030c", "cedilla": "\u0327",
	"ogonek": "\u0328", "commaaccent": "\u0326",
}

var glyphNames = map[string]string{
	"space": " ", "nbspace": " ", "exclam": "!", "quotedbl": `"`, "numbersign": "#", "dollar": "$", "percent": "%", "ampersand": "&",
	"quotesingle": "'", "parenleft": "(", "parenright": ")", "asterisk": "*", "plus": "+", "comma": ",", "hyphen": "-", "minus": "-",
	"period": ".", "slash": "/", "zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
	"eight": "8", "nine": "9", "colon": ":", "semicolon": ";", "less": "<", "equal": "=", "greater": ">", "question": "?", "at": "@",
	"bracketleft": "[", "backslash": `\`, "bracketright": "]", "asciicircum": "^", "underscore": "_", "grave": "`", "braceleft": "{",
	"bar": "|", "braceright": "}", "asciitilde": "~", "quoteleft": "‘", "quoteright": "’", "quotedblleft": "“", "quotedblright": "”",
	"quotesinglbase": "‚", "quotedblbase": "„", "endash": "–", "emdash": "—", "bullet": "•", "ellipsis": "…", "fi": "fi", "fl": "fl",
	"ff": "ff", "ffi": "ffi", "ffl": "ffl", "dotlessi": "ı", "germandbls": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
	"oslash": "ø", "Oslash": "Ø", "lslash": "ł", "Lslash": "Ł", "eth": "ð", "Eth": "Ð", "thorn": "þ", "Thorn": "Þ", "dcroat": "đ",
	"sterling": "£", "Euro": "€", "cent": "¢", "yen": "¥", "section": "§", "paragraph": "¶", "copyright": "©", "registered": "®",
	"trademark": "™", "degree": "°", "plusminus": "±", "multiply": "×", "divide": "÷", "onehalf": "½", "onequarter": "¼",
	"threequarters": "¾", "onesuperior": "¹", "twosuperior": "²", "threesuperior": "³", "mu": "µ", "periodcentered": "·",
	"guillemotleft": "«", "guillemotright": "»", "guilsinglleft": "‹", "guilsinglright": "›", "exclamdown": "¡", "questiondown": "¿",
	"ordfeminine": "ª", "ordmasculine": "º", "dagger": "†", "daggerdbl": "‡", "perthousand": "‰", "fraction": "/", "logicalnot": "¬",
	"currency": "¤", "brokenbar": "¦", "sfthyphen": "\u00ad", "acute": "´", "dieresis": "¨", "cedilla": "¸", "macron": "¯", "caron": "ˇ",
	"circumflex": "ˆ", "tilde": "˜", "breve": "˘", "ring": "˚", "dotaccent": "˙", "ogonek": "˛", "hungarumlaut": "˝", "florin": "ƒ",
	"arrowright": "→", "arrowleft": "←", "checkmark": "✓", "notdef": " ", "": " ",
}

// standardEncoding is Adobe's, ISO 32000-1 annex D.
func standardEncoding(b byte) rune {
	switch {
	case b == '\'':
		return '’'
	case b == '`':
		return '‘'
	case b >= ' ' && b < 0x7f:
		return rune(b)
	}
	if r, ok := standardHigh[b]; ok {
		return r
	}
	return 0xfffd
}

var standardHigh = map[byte]rune{
	0xa1: '¡', 0xa2: '¢', 0xa3: '£', 0xa4: '/', 0xa5: '¥', 0xa6: 'ƒ', 0xa7: '§', 0xa8: '¤', 0xa9: '\'', 0xaa: '“', 0xab: '«',
	0xac: '‹', 0xad: '›', 0xae: 'ﬁ', 0xaf: 'ﬂ', 0xb1: '–', 0xb2: '†', 0xb3: '‡', 0xb4: '·', 0xb6: '¶', 0xb7: '•', 0xb8: '‚',
	0xb9: '„', 0xba: '”', 0xbb: '»', 0xbc: '…', 0xbd: '‰', 0xbf: '¿', 0xd0: '—', 0xe1: 'Æ', 0xe3: 'ª', 0xe8: 'Ł', 0xe9: 'Ø',
	0xea: 'Œ', 0xeb: 'º', 0xf1: 'æ', 0xf5: 'ı', 0xf8: 'ł', 0xf9: 'ø', 0xfa: 'œ', 0xfb: 'ß',
}
