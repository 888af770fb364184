-- Create "saved_views" table
CREATE TABLE "saved_views" ("id" uuid NOT NULL, "created_at" timestamptz NOT NULL, "name" character varying NOT NULL, "name_key" character varying NOT NULL, "path" character varying NOT NULL, "query" character varying NOT NULL DEFAULT '', "is_default" boolean NOT NULL DEFAULT false, "user_id" uuid NOT NULL, PRIMARY KEY ("id"), CONSTRAINT "saved_views_users_user" FOREIGN KEY ("user_id") REFERENCES "users" ("id") ON UPDATE NO ACTION ON DELETE RESTRICT);
-- Create index "savedview_user_id_path" to table: "saved_views"
CREATE UNIQUE INDEX "savedview_user_id_path" ON "saved_views" ("user_id", "path") WHERE is_default;
-- Create index "savedview_user_id_path_name_key" to table: "saved_views"
CREATE UNIQUE INDEX "savedview_user_id_path_name_key" ON "saved_views" ("user_id", "path", "name_key");
