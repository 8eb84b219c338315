package alertform_test

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The rules of the OASIS schema for CAP 1.2 (cap-1.2.xsd, 1 July 2010): order, how often, and what may stand in each element.
type rule struct {
	name     string
	min, max int // max 0: any number
	value    *regexp.Regexp
	children []rule
}

func oneOf(words string) *regexp.Regexp {
	return regexp.MustCompile("^(" + strings.ReplaceAll(words, " ", "|") + ")$")
}

var (
	anyText  = regexp.MustCompile(`(?s)^.*$`)
	dateTime = regexp.MustCompile(`^\d\d\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d[-,+]\d\d:\d\d$`)
	language = regexp.MustCompile(`^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$`)
	pair     = []rule{{name: "valueName", min: 1, max: 1, value: anyText}, {name: "value", min: 1, max: 1, value: anyText}}
	capRules = rule{name: "alert", children: []rule{
		{name: "identifier", min: 1, max: 1, value: regexp.MustCompile(`^[-_a-zA-Z0-9]+$`)},
		{name: "sender", min: 1, max: 1, value: regexp.MustCompile(`^[-_a-zA-Z0-9\./:]+@[-_a-zA-Z0-9\./:]+$`)},
		{name: "sent", min: 1, max: 1, value: dateTime},
		{name: "status", min: 1, max: 1, value: oneOf("Actual Exercise System Test Draft")},
		{name: "msgType", min: 1, max: 1, value: oneOf("Alert Update Cancel Ack Error")},
		{name: "source", max: 1, value: anyText},
		{name: "scope", min: 1, max: 1, value: oneOf("Public Restricted Private")},
		{name: "restriction", max: 1, value: anyText},
		{name: "addresses", max: 1, value: anyText},
		{name: "code", value: anyText},
		{name: "note", max: 1, value: anyText},
		{name: "references", max: 1, value: anyText},
		{name: "incidents", max: 1, value: anyText},
		{name: "info", children: []rule{
			{name: "language", max: 1, value: language},
			{name: "category", min: 1, value: oneOf("Geo Met Safety Security Rescue Fire Health Env Transport Infra CBRNE Other")},
			{name: "event", min: 1, max: 1, value: anyText},
			{name: "responseType", value: oneOf("Shelter Evacuate Prepare Execute Avoid Monitor Assess AllClear None")},
			{name: "urgency", min: 1, max: 1, value: oneOf("Immediate Expected Future Past Unknown")},
			{name: "severity", min: 1, max: 1, value: oneOf("Extreme Severe Moderate Minor Unknown")},
			{name: "certainty", min: 1, max: 1, value: oneOf("Observed Likely Possible Unlikely Unknown")},
			{name: "audience", max: 1, value: anyText},
			{name: "eventCode", children: pair},
			{name: "effective", max: 1, value: dateTime},
			{name: "onset", max: 1, value: dateTime},
			{name: "expires", max: 1, value: dateTime},
			{name: "senderName", max: 1, value: anyText},
			{name: "headline", max: 1, value: anyText},
			{name: "description", max: 1, value: anyText},
			{name: "instruction", max: 1, value: anyText},
			{name: "web", max: 1, value: regexp.MustCompile(`^https?://\S+$`)},
			{name: "contact", max: 1, value: anyText},
			{name: "parameter", children: pair},
			{name: "resource", children: []rule{
				{name: "resourceDesc", min: 1, max: 1, value: anyText}, {name: "mimeType", min: 1, max: 1, value: anyText}, {name: "size", max: 1, value: regexp.MustCompile(`^-?\d+$`)},
				{name: "uri", max: 1, value: anyText}, {name: "derefUri", max: 1, value: anyText}, {name: "digest", max: 1, value: anyText}}},
			{name: "area", children: []rule{
				{name: "areaDesc", min: 1, max: 1, value: anyText}, {name: "polygon", value: anyText}, {name: "circle", value: anyText}, {name: "geocode", children: pair},
				{name: "altitude", max: 1, value: anyText}, {name: "ceiling", max: 1, value: anyText}}},
		}},
	}}
)

type element struct {
	name     xml.Name
	text     string
	children []*element
}

func (e *element) all(name string) (texts []string) {
	for _, c := range e.children {
		if c.name.Local == name {
			texts = append(texts, c.text)
		}
	}
	return texts
}

func (e *element) get(path string) string {
	name, rest, more := strings.Cut(path, "/")
	for _, c := range e.children {
		if c.name.Local == name {
			if more {
				return c.get(rest)
			}
			return c.text
		}
	}
	return ""
}

func parseXML(data string) (*element, error) {
	dec := xml.NewDecoder(strings.NewReader(data))
	var stack []*element
	var root *element
	for {
		token, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			e := &element{name: t.Name}
			if len(stack) > 0 {
				top := stack[len(stack)-1]
				top.children = append(top.children, e)
			} else if root != nil {
				return nil, fmt.Errorf("two roots")
			} else {
				root = e
			}
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			if len(stack) > 0 {
				stack[len(stack)-1].text += string(t)
			}
		}
	}
	if root == nil {
		return nil, fmt.Errorf("no element")
	}
	return root, nil
}

const capNamespace = "urn:oasis:names:tc:emergency:cap:1.2"

// checkCAP lists what the schema, and the text of the standard where a schema cannot say it, would refuse.
func checkCAP(data string) []string {
	root, err := parseXML(data)
	if err != nil {
		return []string{err.Error()}
	}
	if root.name != (xml.Name{Space: capNamespace, Local: "alert"}) {
		return []string{"the root is " + root.name.Local + " in " + root.name.Space}
	}
	problems := judge(root, capRules)
	// Section 3.2.1: a restriction is required by the scope Restricted; an update or cancellation refers to a message.
	if root.get("scope") == "Restricted" && root.get("restriction") == "" {
		problems = append(problems, "restricted without a restriction")
	}
	if kind := root.get("msgType"); (kind == "Update" || kind == "Cancel") && root.get("references") == "" {
		problems = append(problems, kind+" refers to nothing")
	}
	for _, ref := range strings.Fields(root.get("references")) {
		parts := strings.Split(ref, ",")
		if len(parts) != 3 || !capRules.children[1].value.MatchString(parts[0]) || !capRules.children[0].value.MatchString(parts[1]) || !dateTime.MatchString(parts[2]) {
			problems = append(problems, "the reference "+ref+" is not sender,identifier,sent")
		} else if parts[1] == root.get("identifier") {
			problems = append(problems, "the message refers to itself")
		}
	}
	for _, e := range root.children {
		if u, err := url.Parse(e.get("web")); e.name.Local == "info" && e.get("web") != "" && (err != nil || !u.IsAbs()) {
			problems = append(problems, "web is no absolute address")
		}
	}
	return problems
}

func judge(e *element, r rule) (problems []string) {
	at := 0
	count := map[string]int{}
	for _, c := range e.children {
		i := slices.IndexFunc(r.children, func(k rule) bool { return k.name == c.name.Local })
		if i < 0 || c.name.Space != capNamespace {
			problems = append(problems, e.name.Local+" has "+c.name.Local)
			continue
		}
		if i < at {
			problems = append(problems, c.name.Local+" stands behind "+r.children[at].name)
		}
		at = max(at, i)
		count[c.name.Local]++
		k := r.children[i]
		if k.value != nil && (!k.value.MatchString(c.text) || len(c.children) > 0) {
			problems = append(problems, c.name.Local+" holds "+c.text)
		}
		if k.children != nil {
			problems = append(problems, judge(c, k)...)
		}
	}
	for _, k := range r.children {
		if n := count[k.name]; n < k.min || k.max > 0 && n > k.max {
			problems = append(problems, fmt.Sprintf("%s has %d of %s", e.name.Local, n, k.name))
		}
	}
	return problems
}

const soundCAP = `<?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a-1</identifier><sender>a@b.example</sender><sent>2026-11-19T17:30:00+00:00</sent>
<status>Actual</status><msgType>Update</msgType><scope>Public</scope><references>a@b.example,a-0,2026-11-18T17:30:00+00:00</references><info><language>en-GB</language><category>Health</category>
<event>E</event><urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><expires>2026-12-03T18:00:00+00:00</expires><web>https://a.example/</web><area><areaDesc>A</areaDesc></area></info></alert>`

// The checker is worth something only if it refuses what the schema refuses.
func TestTheCheckerRefuses(t *testing.T) {
	if problems := checkCAP(soundCAP); problems != nil {
		t.Fatalf("the sound message: %v", problems)
	}
	for _, c := range []struct{ from, to, why string }{
		// xmllint with cap-1.2.xsd refuses these too.
		{"<identifier>a-1</identifier>", "<identifier>a 1</identifier>", "identifier holds a 1"},
		{"<identifier>a-1</identifier>", "", "alert has 0 of identifier"},
		{"a@b.example</sender>", "a b</sender>", "sender holds a b"},
		{"2026-11-19T17:30:00+00:00", "2026-11-19T17:30:00Z", "sent holds 2026-11-19T17:30:00Z"},
		{"2026-11-19T17:30:00+00:00", "2026-11-19T17:30:00.5+00:00", "sent holds 2026-11-19T17:30:00.5+00:00"},
		{"<status>Actual", "<status>Live", "status holds Live"},
		{"<msgType>Update</msgType><scope>Public</scope>", "<scope>Public</scope><msgType>Update</msgType>", "msgType stands behind scope"},
		{"<category>Health</category>", "", "info has 0 of category"},
		{"<category>Health</category>", "<category>Drugs</category>", "category holds Drugs"},
		{"<urgency>Immediate</urgency>", "<urgency>Immediate</urgency><urgency>Past</urgency>", "info has 2 of urgency"},
		{"<certainty>Observed", "<certainty>Confirmed", "certainty holds Confirmed"},
		{"<areaDesc>A</areaDesc>", "", "area has 0 of areaDesc"},
		{"<event>E</event>", "<event>E</event><extra>x</extra>", "info has extra"},
		{"cap:1.2\">", "cap:1.1\">", "the root is alert in urn:oasis:names:tc:emergency:cap:1.1"},
		// These it lets pass: a schema cannot say what the text of the standard does (section 3.2.1 on scope, msgType and
		// references), and a relative address is an anyURI too.
		{"<scope>Public", "<scope>Restricted", "restricted without a restriction"},
		{"a@b.example,a-0,2026-11-18T17:30:00+00:00", "a-0", "the reference a-0 is not sender,identifier,sent"},
		{"a@b.example,a-0,", "a@b.example,a-1,", "the message refers to itself"},
		{"<references>a@b.example,a-0,2026-11-18T17:30:00+00:00</references>", "", "Update refers to nothing"},
		{"<web>https://a.example/</web>", "<web>/alerts/</web>", "web holds /alerts/"},
	} {
		if !strings.Contains(soundCAP, c.from) {
			t.Fatalf("%s does not occur", c.from)
		}
		problems := checkCAP(strings.Replace(soundCAP, c.from, c.to, 1))
		if !slices.Contains(problems, c.why) {
			t.Errorf("%s for %s: %q, want %q", c.to, c.from, problems, c.why)
		}
	}
}
