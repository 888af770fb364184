// Package model holds the contract's types in Go: those that gqlgen makes, and
// by hand those that carry more than they show.
package model
