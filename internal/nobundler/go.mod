module github.com/evanw/esbuild

go 1.26.0
