package term

import "io"

// ProductFamily is what a product is.
type ProductFamily string

// The values of ProductFamily.
const (
	ProductFamilyEvent        ProductFamily = "EVENT"
	ProductFamilyCompetition  ProductFamily = "COMPETITION"
	ProductFamilyVisitPass    ProductFamily = "VISIT_PASS"
	ProductFamilyTimeslotPass ProductFamily = "TIMESLOT_PASS"
	ProductFamilyOpenPass     ProductFamily = "OPEN_PASS"
	ProductFamilyService      ProductFamily = "SERVICE"
	ProductFamilyVoucher      ProductFamily = "VOUCHER"
	ProductFamilySeasonTicket ProductFamily = "SEASON_TICKET"
)

// Values lists the closed set.
func (ProductFamily) Values() []string {
	return []string{"EVENT", "COMPETITION", "VISIT_PASS", "TIMESLOT_PASS", "OPEN_PASS", "SERVICE", "VOUCHER", "SEASON_TICKET"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ProductFamily) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ProductFamily) UnmarshalGQL(from any) error { return read(v, from) }

// AreaKind is whether an area has seats or a capacity.
type AreaKind string

// The values of AreaKind.
const (
	AreaKindNumbered   AreaKind = "NUMBERED"
	AreaKindUnnumbered AreaKind = "UNNUMBERED"
)

// Values lists the closed set.
func (AreaKind) Values() []string {
	return []string{"NUMBERED", "UNNUMBERED"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v AreaKind) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *AreaKind) UnmarshalGQL(from any) error { return read(v, from) }

// AudienceCategory is whom a tariff is for.
type AudienceCategory string

// The values of AudienceCategory.
const (
	AudienceCategoryFreeInvited         AudienceCategory = "FREE_INVITED"
	AudienceCategoryMemberContact       AudienceCategory = "MEMBER_CONTACT"
	AudienceCategoryMemberCommunity     AudienceCategory = "MEMBER_COMMUNITY"
	AudienceCategoryOccasionalContact   AudienceCategory = "OCCASIONAL_CONTACT"
	AudienceCategoryOccasionalCommunity AudienceCategory = "OCCASIONAL_COMMUNITY"
	AudienceCategorySubscribedContact   AudienceCategory = "SUBSCRIBED_CONTACT"
	AudienceCategorySubscribedCommunity AudienceCategory = "SUBSCRIBED_COMMUNITY"
)

// Values lists the closed set.
func (AudienceCategory) Values() []string {
	return []string{"FREE_INVITED", "MEMBER_CONTACT", "MEMBER_COMMUNITY", "OCCASIONAL_CONTACT", "OCCASIONAL_COMMUNITY", "SUBSCRIBED_CONTACT", "SUBSCRIBED_COMMUNITY"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v AudienceCategory) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *AudienceCategory) UnmarshalGQL(from any) error { return read(v, from) }

// ChannelType is where sales come from; fixed once saved.
type ChannelType string

// The values of ChannelType.
const (
	ChannelTypeBoxOffice          ChannelType = "BOX_OFFICE"
	ChannelTypePhone              ChannelType = "PHONE"
	ChannelTypeMail               ChannelType = "MAIL"
	ChannelTypeInternetB2c        ChannelType = "INTERNET_B2C"
	ChannelTypeInternetB2b        ChannelType = "INTERNET_B2B"
	ChannelTypeRealTimeInterface  ChannelType = "REAL_TIME_INTERFACE"
	ChannelTypeTicketnetAutomatic ChannelType = "TICKETNET_AUTOMATIC"
	ChannelTypeFlatFile           ChannelType = "FLAT_FILE"
	ChannelTypeResale             ChannelType = "RESALE"
)

// Values lists the closed set.
func (ChannelType) Values() []string {
	return []string{"BOX_OFFICE", "PHONE", "MAIL", "INTERNET_B2C", "INTERNET_B2B", "REAL_TIME_INTERFACE", "TICKETNET_AUTOMATIC", "FLAT_FILE", "RESALE"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ChannelType) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ChannelType) UnmarshalGQL(from any) error { return read(v, from) }

// ProfileKind is what a profile lists.
type ProfileKind string

// The values of ProfileKind.
const (
	ProfileKindActivity ProfileKind = "ACTIVITY"
	ProfileKindProduct  ProfileKind = "PRODUCT"
)

// Values lists the closed set.
func (ProfileKind) Values() []string {
	return []string{"ACTIVITY", "PRODUCT"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v ProfileKind) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *ProfileKind) UnmarshalGQL(from any) error { return read(v, from) }

// PaymentMethod is how a point of sale settles.
type PaymentMethod string

// The values of PaymentMethod.
const (
	PaymentMethodPendingAccount PaymentMethod = "PENDING_ACCOUNT"
	PaymentMethodCard           PaymentMethod = "CARD"
	PaymentMethodCash           PaymentMethod = "CASH"
	PaymentMethodTransfer       PaymentMethod = "TRANSFER"
	PaymentMethodVoucher        PaymentMethod = "VOUCHER"
)

// Values lists the closed set.
func (PaymentMethod) Values() []string {
	return []string{"PENDING_ACCOUNT", "CARD", "CASH", "TRANSFER", "VOUCHER"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v PaymentMethod) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *PaymentMethod) UnmarshalGQL(from any) error { return read(v, from) }

// TakeBackDownloaded is who may take back what a guest has fetched (chapter of take-back).
type TakeBackDownloaded string

// The values of TakeBackDownloaded.
const (
	TakeBackDownloadedOff            TakeBackDownloaded = "OFF"
	TakeBackDownloadedRelay          TakeBackDownloaded = "RELAY"
	TakeBackDownloadedRelayAndPublic TakeBackDownloaded = "RELAY_AND_PUBLIC"
)

// Values lists the closed set.
func (TakeBackDownloaded) Values() []string {
	return []string{"OFF", "RELAY", "RELAY_AND_PUBLIC"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v TakeBackDownloaded) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *TakeBackDownloaded) UnmarshalGQL(from any) error { return read(v, from) }

// GuestField is what an organiser may ask of a guest beyond e-mail and names (DI-10).
type GuestField string

// The values of GuestField.
const (
	GuestFieldBirthDate   GuestField = "BIRTH_DATE"
	GuestFieldNationality GuestField = "NATIONALITY"
	GuestFieldIdNumber    GuestField = "ID_NUMBER"
	GuestFieldPhone       GuestField = "PHONE"
)

// Values lists the closed set.
func (GuestField) Values() []string {
	return []string{"BIRTH_DATE", "NATIONALITY", "ID_NUMBER", "PHONE"}
}

// MarshalGQL writes the value as a GraphQL enum.
func (v GuestField) MarshalGQL(w io.Writer) { write(w, v) }

// UnmarshalGQL reads the value from a GraphQL enum.
func (v *GuestField) UnmarshalGQL(from any) error { return read(v, from) }
