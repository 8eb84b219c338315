package diag

// explainEstate: CND15, many sites at once.
var explainEstate = map[string]Explanation{
	EstateFolder.Name: {
		Means:   "The list of sites, estate.toml, names a folder that cannot be built from: it is not there, is a link that leads nowhere or in a circle, has no candour.toml, or is the folder of another site of the list. No site has been built.",
		Mend:    "Check the path. It is taken from the folder in which estate.toml lies.",
		Example: "[[site]]\nname = \"eastmere\"\nfolder = \"sites/eastmere\"",
	},
	EstateConflict.Name: {
		Means: "Two sites of estate.toml would be in each other's way: they have one output folder, one output lies inside the other, or an output lies inside what another site is made of or above it. " +
			"One would overwrite the other. No site has been built.",
		Mend:    "Give each site and edition an output folder of its own, outside the folders of the others. With {name} and {edition} in output each gets its own.",
		Example: "output = \"out/{name}/{edition}\"",
	},
	EstatePack.Name: {
		Means: "The list of sites, estate.toml, says where the newest version of a pack is, so that the report can name the sites that have not taken it, and it could not be read there. The sites are built all the same, with the versions that they have pinned.",
		Mend:  "Check source and key of the [[pack]], and the network. The report compares the sites with the newest version that any of them has taken.",
	},
}
