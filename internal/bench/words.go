package bench

// The corpus is plain English about nothing in particular, made from these lists: varied enough that compression,
// minifying and searching behave as they do on real pages, and free of anything that a detector takes for a telephone
// number, a postcode or a person. The surnames and the neighbours' names are used in withheld values alone, so that no
// public sentence holds a withheld word by accident.

var placeStarts = []string{
	"Alder", "Ash", "Barley", "Beck", "Birch", "Bramble", "Briar", "Clover", "Copper", "Cran", "Dove", "Elder", "Fern",
	"Flax", "Fox", "Glen", "Hazel", "Heather", "Holly", "Kestrel", "Lark", "Linden", "Maple", "Marsh", "Mill", "Oak",
	"Otter", "Reed", "Rowan", "Sedge", "Stone", "Swan", "Thistle", "Willow",
}

var placeEnds = []string{
	"bourne", "bridge", "combe", "croft", "dale", "den", "field", "ford", "gate", "ham", "hurst", "ley", "mere", "mouth",
	"port", "stead", "thorpe", "ton", "wick", "worth",
}

var neighbours = []string{
	"Farrowshire", "Quillborough", "Vexholm", "Jorvale", "Ysterby", "Zennock", "Umberleigh", "Ixcombe", "Obrenhall",
	"Nethercote", "Kilverstone", "Yarnbury",
}

var forenames = []string{
	"Amara", "Benedek", "Caitrin", "Dafina", "Emrys", "Fiadh", "Gethin", "Halima", "Idris", "Jovita", "Kwame", "Lowri",
	"Mehreen", "Nkechi", "Osian", "Parveen", "Rhodri", "Saoirse", "Tamsyn", "Ulric", "Vesna", "Wojtek", "Yusra", "Zofia",
}

var surnames = []string{
	"Abernathie", "Blenkarne", "Cattermould", "Dunwiddie", "Eglantyne", "Fothergale", "Garrowby", "Huckstepp",
	"Inskippe", "Jellicote", "Kettlewold", "Lanyonne", "Mawditt", "Noakesby", "Oglethorne", "Pellowe", "Quartermayne",
	"Rumbelowe", "Skeltonby", "Trevanyan", "Uttingham", "Vosperley", "Wadsworthy", "Yelverstone",
}

var subjects = []string{
	"The partnership", "The public health team", "The council", "Each service on the list", "The ambulance service",
	"The coroner's office", "The treatment provider", "The outreach team", "Every venue that takes part",
	"The communications group", "The prison health team", "The probation service", "The local hospital",
	"The pharmacy network", "The housing team", "The night-time forum", "The youth service", "The lived-experience panel",
	"The laboratory that we work with", "The steering group", "The analyst on duty", "The university welfare team",
	"The festival safety group", "The community safety team", "The training lead",
}

var verbs = []string{
	"reviews", "shares", "records", "tests", "publishes", "prepares", "checks", "agrees", "updates", "keeps", "collects",
	"compares", "explains", "rehearses", "supports", "plans", "confirms", "reports on", "looks again at", "learns from",
	"takes part in", "leads", "pays for", "measures", "asks for",
}

var objects = []string{
	"the supply of naloxone", "the training that staff receive", "what people tell outreach workers",
	"the results of drug testing", "the list of services that people can reach", "the way in which warnings are written",
	"the time that an alert takes to reach people", "the advice for people who use alone",
	"the arrangements for weekends and holidays", "the messages for people who do not use opioids",
	"the record of incidents and near misses", "the lessons of the last exercise", "the stock that venues hold",
	"the figures on hospital attendance", "the plan for a sudden change in demand", "the support for bereaved families",
	"the welfare of the staff who respond", "the leaflets that go to hostels", "the wording of the first public message",
	"the transfer of care on release from prison", "the help for people who sleep rough",
	"the agreement with neighbouring areas", "the quick reference card for responders", "the calendar of events",
	"the checklist for organisers", "the guidance on breathing and first aid", "the questions that reporters ask",
	"the feedback from readers", "the translation of urgent advice", "the evidence for each change",
}

var endings = []string{
	"before the start of each season", "at least once a quarter", "as soon as new evidence arrives",
	"with people who have used services", "and says plainly what is not yet known", "so that nobody has to guess",
	"in words that a tired reader can follow", "and keeps a note of the reasons", "without waiting to be asked",
	"within the time that the plan allows", "together with the services next door", "after every incident, large or small",
	"and puts right what did not work", "whether or not the cause is known", "for every part of the area",
	"and tells the steering group in the same week", "while the facts are still coming in",
	"with the least delay that is safe", "in the open wherever that does no harm", "for the people most at risk first",
}

var openings = []string{
	"", "", "", "In practice, ", "From this year, ", "Where it can, ", "As a rule, ", "Since the last review, ",
	"On most days, ", "When demand rises, ", "Out of hours, ", "With its partners, ",
}

var headings = []string{
	"Who does what", "How we notice a change", "What happens in the first day", "How we decide what to say",
	"Working with venues", "Working with hospitals", "Training and exercises", "Supplies and access",
	"People at greatest risk", "Help for families", "What we learned last time", "How we measure progress",
	"Across the boundary", "Nights, weekends and holidays", "What is still to do",
}

var columns = [][]string{
	{"Service", "What it offers", "When", "How often it is checked"},
	{"Step", "Who acts", "By when", "What shows that it worked"},
	{"Setting", "First message", "Form", "Who has seen it"},
}

var cells = []string{
	"outreach", "advice by text", "weekdays", "monthly", "naloxone training", "evenings", "each quarter", "drop-in",
	"by appointment", "twice a year", "leaflet", "poster", "within a day", "within an hour", "the lead on duty",
	"a named deputy", "a short report", "the minutes", "hostels", "clubs", "pharmacies", "campuses", "festivals",
	"tested in an exercise", "agreed with partners", "being planned", "in place since spring",
}

var roles = []string{
	"Director of public health", "Head of community safety", "Drugs and alcohol commissioner", "Lead pharmacist",
	"Communications manager", "Outreach manager", "Emergency planning officer", "Head of the treatment service",
}

var elements = []string{"general", "prepare", "monitor", "treat", "enforce"}

var threats = []string{"nitazenes", "fentanyls", "xylazine", "synthetic-cannabinoids", "benzodiazepines"}

var tags = []string{"naloxone", "overdose", "venues", "training", "outreach", "families", "testing", "hospitals"}
