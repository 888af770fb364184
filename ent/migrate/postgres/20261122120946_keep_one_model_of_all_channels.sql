-- Create index "document_of_all_channels" to table: "documents"
CREATE UNIQUE INDEX "document_of_all_channels" ON "documents" ("organisation_id", "class", "language") WHERE (channel_id IS NULL);
