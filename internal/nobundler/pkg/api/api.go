// Package api stands where Hugo expects the bundler esbuild, and refuses to bundle.
//
// The bundler opens what a script or style sheet imports on the machine itself, past every file system that Hugo is given,
// and no setting of Hugo prevents it: a template that reaches it can print any file, the sources with all that is withheld
// included. A template can put the name of a function together from pieces, so that no search of its text finds every call.
// Therefore the program is built without the bundler: go.mod replaces the module by this one, which has the names that
// Hugo needs to compile and opens nothing.
package api

// Refusal is what a template is told that calls js.Build, js.Batch or css.Build. The real module has no such name, so
// that what uses it does not compile against that.
const Refusal = "scripts and style sheets are not bundled here"

// Build makes nothing and opens nothing.
func Build(BuildOptions) BuildResult { return BuildResult{Errors: []Message{{Text: Refusal}}} }

type (
	Drop           uint8
	EngineName     uint8
	Format         uint8
	JSX            uint8
	Loader         uint16
	Platform       uint8
	ResolveKind    uint8
	SourceMap      uint8
	SourcesContent uint8
	Target         uint8
)

const (
	DropConsole Drop = 1 << iota
	DropDebugger
)

const (
	EngineChrome EngineName = iota
	EngineDeno
	EngineEdge
	EngineFirefox
	EngineHermes
	EngineIE
	EngineIOS
	EngineNode
	EngineOpera
	EngineRhino
	EngineSafari
)

const (
	FormatDefault Format = iota
	FormatIIFE
	FormatCommonJS
	FormatESModule
)

const (
	JSXTransform JSX = iota
	JSXPreserve
	JSXAutomatic
)

const (
	LoaderNone Loader = iota
	LoaderBase64
	LoaderBinary
	LoaderCSS
	LoaderDataURL
	LoaderDefault
	LoaderEmpty
	LoaderFile
	LoaderGlobalCSS
	LoaderJS
	LoaderJSON
	LoaderJSX
	LoaderLocalCSS
	LoaderText
	LoaderTS
	LoaderTSX
)

const (
	PlatformDefault Platform = iota
	PlatformBrowser
	PlatformNode
	PlatformNeutral
)

const (
	ResolveNone ResolveKind = iota
	ResolveEntryPoint
	ResolveCSSImportRule
	ResolveCSSURLToken
)

const (
	SourceMapNone SourceMap = iota
	SourceMapInline
	SourceMapLinked
	SourceMapExternal
)

const (
	SourcesContentInclude SourcesContent = iota
	SourcesContentExclude
)

const (
	DefaultTarget Target = iota
	ESNext
	ES5
	ES2015
	ES2016
	ES2017
	ES2018
	ES2019
	ES2020
	ES2021
	ES2022
	ES2023
	ES2024
)

// BuildOptions has the options that Hugo sets.
type BuildOptions struct {
	Plugins                                           []Plugin
	Inject, MainFields, External, EntryPoints         []string
	Outfile, Outdir, PublicPath, AbsWorkingDir        string
	JSXFactory, JSXFragment, JSXImportSource          string
	Tsconfig                                          string
	Bundle, Metafile, Splitting                       bool
	MinifyWhitespace, MinifyIdentifiers, MinifySyntax bool
	Target                                            Target
	Engines                                           []Engine
	Format                                            Format
	Platform                                          Platform
	Sourcemap                                         SourceMap
	SourcesContent                                    SourcesContent
	Loader                                            map[string]Loader
	Define                                            map[string]string
	Drop                                              Drop
	JSX                                               JSX
	Stdin                                             *StdinOptions
}

type (
	BuildResult struct {
		Errors      []Message
		OutputFiles []OutputFile
	}
	Engine struct {
		Name    EngineName
		Version string
	}
	Location struct {
		File         string
		Line, Column int
	}
	Message struct {
		Text     string
		Location *Location
	}
	OnLoadArgs struct {
		Path string
	}
	OnLoadOptions struct {
		Filter, Namespace string
	}
	OnLoadResult struct {
		Contents   *string
		ResolveDir string
		Loader     Loader
	}
	OnResolveArgs struct {
		Path, Importer string
		Kind           ResolveKind
	}
	OnResolveOptions struct {
		Filter, Namespace string
	}
	OnResolveResult struct {
		Path, Namespace string
		External        bool
	}
	OutputFile struct {
		Path     string
		Contents []byte
	}
	Plugin struct {
		Name  string
		Setup func(PluginBuild)
	}
	PluginBuild struct {
		OnLoad    func(OnLoadOptions, func(OnLoadArgs) (OnLoadResult, error))
		OnResolve func(OnResolveOptions, func(OnResolveArgs) (OnResolveResult, error))
	}
	StdinOptions struct {
		Contents, ResolveDir string
		Loader               Loader
	}
)
