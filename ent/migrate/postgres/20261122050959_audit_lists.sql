-- Create index "auditentry_organisation_id_object_sequence" to table: "audit_entries"
CREATE INDEX "auditentry_organisation_id_object_sequence" ON "audit_entries" ("organisation_id", "object", "sequence");
-- Create index "auditentry_organisation_id_user_id_sequence" to table: "audit_entries"
CREATE INDEX "auditentry_organisation_id_user_id_sequence" ON "audit_entries" ("organisation_id", "user_id", "sequence");
