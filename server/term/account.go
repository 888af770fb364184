package term

import "io"

// Role is what a user may do, by and large (AC-2).
type Role string

// The values of Role.
const (
	RoleInstitutionAdmin  Role = "INSTITUTION_ADMIN"
	RoleOrganisationAdmin Role = "ORGANISATION_ADMIN"
	RoleOperator          Role = "OPERATOR"
	RoleViewer            Role = "VIEWER"
	RoleController        Role = "CONTROLLER"
	RolePortalUser        Role = "PORTAL_USER"
	RoleReseller          Role = "RESELLER"
)

// Values lists the closed set.
func (Role) Values() []string {
	return []string{"INSTITUTION_ADMIN", "ORGANISATION_ADMIN", "OPERATOR", "VIEWER", "CONTROLLER", "PORTAL_USER", "RESELLER"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v Role) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *Role) UnmarshalGQL(from any) error { return read(v, from) }

// TokenScope is what an API token may be used for (AC-1).
type TokenScope string

// The values of TokenScope.
const (
	TokenScopeRead  TokenScope = "READ"
	TokenScopeWrite TokenScope = "WRITE"
)

// Values lists the closed set.
func (TokenScope) Values() []string {
	return []string{"READ", "WRITE"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v TokenScope) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *TokenScope) UnmarshalGQL(from any) error { return read(v, from) }

// ContactKind is whether a contact is a person or a body.
type ContactKind string

// The values of ContactKind.
const (
	ContactKindIndividual ContactKind = "INDIVIDUAL"
	ContactKindStructure  ContactKind = "STRUCTURE"
)

// Values lists the closed set.
func (ContactKind) Values() []string {
	return []string{"INDIVIDUAL", "STRUCTURE"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ContactKind) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ContactKind) UnmarshalGQL(from any) error { return read(v, from) }

// Language is the languages that Gradin itself speaks; stored values are BCP 47 tags in upper case.
type Language string

// The values of Language.
const (
	LanguageEn Language = "EN"
	LanguageFr Language = "FR"
	LanguageDe Language = "DE"
)

// Values lists the closed set.
func (Language) Values() []string {
	return []string{"EN", "FR", "DE"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v Language) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *Language) UnmarshalGQL(from any) error { return read(v, from) }
