-- Create "saved_views" table
CREATE TABLE `saved_views` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `name` text NOT NULL, `name_key` text NOT NULL, `path` text NOT NULL, `query` text NOT NULL DEFAULT (''), `is_default` bool NOT NULL DEFAULT (false), `user_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `saved_views_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT);
-- Create index "savedview_user_id_path_name_key" to table: "saved_views"
CREATE UNIQUE INDEX `savedview_user_id_path_name_key` ON `saved_views` (`user_id`, `path`, `name_key`);
-- Create index "savedview_user_id_path" to table: "saved_views"
CREATE UNIQUE INDEX `savedview_user_id_path` ON `saved_views` (`user_id`, `path`) WHERE is_default;
