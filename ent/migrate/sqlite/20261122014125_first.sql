-- Create "api_tokens" table
CREATE TABLE `api_tokens` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `name` text NOT NULL, `prefix` text NOT NULL, `token_hash` text NOT NULL, `scopes` json NOT NULL, `expires_at` datetime NULL, `last_used_at` datetime NULL, `revoked_at` datetime NULL, `user_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `api_tokens_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT);
-- Create index "api_tokens_token_hash_key" to table: "api_tokens"
CREATE UNIQUE INDEX `api_tokens_token_hash_key` ON `api_tokens` (`token_hash`);
-- Create "areas" table
CREATE TABLE `areas` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `kind` text NOT NULL, `entrance` text NOT NULL DEFAULT (''), `size` integer NOT NULL DEFAULT (0), `x` real NOT NULL DEFAULT (0), `y` real NOT NULL DEFAULT (0), `organisation_id` uuid NOT NULL, `venue_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `areas_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `areas_venues_venue` FOREIGN KEY (`venue_id`) REFERENCES `venues` (`id`) ON DELETE RESTRICT);
-- Create index "area_venue_id_code" to table: "areas"
CREATE UNIQUE INDEX `area_venue_id_code` ON `areas` (`venue_id`, `code`);
-- Create "audit_entries" table
CREATE TABLE `audit_entries` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `sequence` integer NOT NULL, `at` datetime NOT NULL, `user_id` uuid NULL, `actor` text NOT NULL, `address` text NOT NULL DEFAULT (''), `verb` text NOT NULL, `object` text NOT NULL DEFAULT (''), `detail` text NOT NULL DEFAULT ('{}'), `hash` text NOT NULL);
-- Create index "auditentry_organisation_id_sequence" to table: "audit_entries"
CREATE UNIQUE INDEX `auditentry_organisation_id_sequence` ON `audit_entries` (`organisation_id`, `sequence`);
-- Create "blocks" table
CREATE TABLE `blocks` (`id` uuid NOT NULL, `code` text NOT NULL, `organisation_id` uuid NOT NULL, `area_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `blocks_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `blocks_areas_area` FOREIGN KEY (`area_id`) REFERENCES `areas` (`id`) ON DELETE RESTRICT);
-- Create index "block_area_id_code" to table: "blocks"
CREATE UNIQUE INDEX `block_area_id_code` ON `blocks` (`area_id`, `code`);
-- Create "capacities" table
CREATE TABLE `capacities` (`id` uuid NOT NULL, `size` integer NOT NULL, `taken` integer NOT NULL DEFAULT (0), `held` integer NOT NULL DEFAULT (0), `organisation_id` uuid NOT NULL, `performance_id` uuid NOT NULL, `area_id` uuid NULL, `contingent_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `capacities_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `capacities_performances_performance` FOREIGN KEY (`performance_id`) REFERENCES `performances` (`id`) ON DELETE RESTRICT, CONSTRAINT `capacities_areas_area` FOREIGN KEY (`area_id`) REFERENCES `areas` (`id`) ON DELETE RESTRICT, CONSTRAINT `capacities_contingents_contingent` FOREIGN KEY (`contingent_id`) REFERENCES `contingents` (`id`) ON DELETE RESTRICT);
-- Create index "capacity_performance_id_area_id_contingent_id" to table: "capacities"
CREATE UNIQUE INDEX `capacity_performance_id_area_id_contingent_id` ON `capacities` (`performance_id`, `area_id`, `contingent_id`);
-- Create "channels" table
CREATE TABLE `channels` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `type` text NOT NULL, `active` bool NOT NULL DEFAULT (true), `third_party_tickets` bool NOT NULL DEFAULT (false), `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `channels_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "channel_organisation_id_code" to table: "channels"
CREATE UNIQUE INDEX `channel_organisation_id_code` ON `channels` (`organisation_id`, `code`);
-- Create "contacts" table
CREATE TABLE `contacts` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `number` integer NOT NULL, `kind` text NOT NULL, `name` text NOT NULL, `first_name` text NOT NULL DEFAULT (''), `last_name` text NOT NULL DEFAULT (''), `email` text NOT NULL DEFAULT (''), `email_key` text NOT NULL DEFAULT (''), `public_key` text NULL, `language` text NULL, `phone` text NOT NULL DEFAULT (''), `birth_date` text NOT NULL DEFAULT (''), `nationality` text NOT NULL DEFAULT (''), `id_number` text NOT NULL DEFAULT (''), `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `contacts_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "contact_organisation_id_number" to table: "contacts"
CREATE UNIQUE INDEX `contact_organisation_id_number` ON `contacts` (`organisation_id`, `number`);
-- Create index "contact_organisation_id_public_key" to table: "contacts"
CREATE UNIQUE INDEX `contact_organisation_id_public_key` ON `contacts` (`organisation_id`, `public_key`);
-- Create index "contact_organisation_id_email_key" to table: "contacts"
CREATE INDEX `contact_organisation_id_email_key` ON `contacts` (`organisation_id`, `email_key`);
-- Create index "contact_organisation_id_kind_name_id" to table: "contacts"
CREATE INDEX `contact_organisation_id_kind_name_id` ON `contacts` (`organisation_id`, `kind`, `name`, `id`);
-- Create "contingents" table
CREATE TABLE `contingents` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `external` bool NOT NULL DEFAULT (false), `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `contingents_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "contingent_organisation_id_code" to table: "contingents"
CREATE UNIQUE INDEX `contingent_organisation_id_code` ON `contingents` (`organisation_id`, `code`);
-- Create "documents" table
CREATE TABLE `documents` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `class` text NOT NULL, `language` text NOT NULL, `subject` text NOT NULL, `text` text NOT NULL, `html` text NOT NULL, `organisation_id` uuid NOT NULL, `channel_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `documents_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `documents_channels_channel` FOREIGN KEY (`channel_id`) REFERENCES `channels` (`id`) ON DELETE RESTRICT);
-- Create index "document_organisation_id_class_channel_id_language" to table: "documents"
CREATE UNIQUE INDEX `document_organisation_id_class_channel_id_language` ON `documents` (`organisation_id`, `class`, `channel_id`, `language`);
-- Create "executions" table
CREATE TABLE `executions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `number` integer NOT NULL, `function` text NOT NULL, `trigger` text NOT NULL, `policy` text NOT NULL DEFAULT ('IGNORE_FAILED'), `state` text NOT NULL, `result` text NULL, `user_id` uuid NULL, `user_name` text NOT NULL DEFAULT (''), `actor_contact_id` uuid NULL, `address` text NOT NULL DEFAULT (''), `file_name` text NOT NULL DEFAULT (''), `file_size` integer NOT NULL DEFAULT (0), `file_sha256` text NOT NULL DEFAULT (''), `confirmed` bool NOT NULL DEFAULT (false), `cancel_requested` bool NOT NULL DEFAULT (false), `problem_key` text NOT NULL DEFAULT (''), `problem` text NOT NULL DEFAULT (''), `idempotency_key` text NULL, `input_hash` text NOT NULL DEFAULT (''), `started_at` datetime NULL, `ended_at` datetime NULL, `lease_until` datetime NULL, `lease_token` integer NOT NULL DEFAULT (0), `sequence` integer NOT NULL DEFAULT (0), `rows` integer NOT NULL DEFAULT (0), `plan_distribute` integer NOT NULL DEFAULT (0), `plan_redistribute` integer NOT NULL DEFAULT (0), `plan_take_back` integer NOT NULL DEFAULT (0), `plan_unchanged` integer NOT NULL DEFAULT (0), `plan_refused` integer NOT NULL DEFAULT (0), `plan_mails` integer NOT NULL DEFAULT (0), `distributed` integer NOT NULL DEFAULT (0), `redistributed` integer NOT NULL DEFAULT (0), `taken_back` integer NOT NULL DEFAULT (0), `unchanged` integer NOT NULL DEFAULT (0), `refused` integer NOT NULL DEFAULT (0), `contacts_created` integer NOT NULL DEFAULT (0), `mails` integer NOT NULL DEFAULT (0), `rows_done` integer NOT NULL DEFAULT (0), `applied_row` integer NOT NULL DEFAULT (0), `retries` integer NOT NULL DEFAULT (0), `organisation_id` uuid NOT NULL, `sponsor_id` uuid NULL, `channel_id` uuid NULL, `point_of_sale_id` uuid NULL, `season_id` uuid NULL, `stored_file_id` uuid NULL, `schedule_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `executions_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `executions_contacts_sponsor` FOREIGN KEY (`sponsor_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT, CONSTRAINT `executions_channels_channel` FOREIGN KEY (`channel_id`) REFERENCES `channels` (`id`) ON DELETE RESTRICT, CONSTRAINT `executions_point_of_sales_point_of_sale` FOREIGN KEY (`point_of_sale_id`) REFERENCES `point_of_sales` (`id`) ON DELETE RESTRICT, CONSTRAINT `executions_seasons_season` FOREIGN KEY (`season_id`) REFERENCES `seasons` (`id`) ON DELETE RESTRICT, CONSTRAINT `executions_stored_files_stored_file` FOREIGN KEY (`stored_file_id`) REFERENCES `stored_files` (`id`) ON DELETE RESTRICT, CONSTRAINT `executions_schedules_schedule` FOREIGN KEY (`schedule_id`) REFERENCES `schedules` (`id`) ON DELETE RESTRICT);
-- Create index "execution_organisation_id_number" to table: "executions"
CREATE UNIQUE INDEX `execution_organisation_id_number` ON `executions` (`organisation_id`, `number`);
-- Create index "execution_organisation_id_user_id_idempotency_key" to table: "executions"
CREATE UNIQUE INDEX `execution_organisation_id_user_id_idempotency_key` ON `executions` (`organisation_id`, `user_id`, `idempotency_key`);
-- Create index "execution_organisation_id_sponsor_id_number" to table: "executions"
CREATE INDEX `execution_organisation_id_sponsor_id_number` ON `executions` (`organisation_id`, `sponsor_id`, `number`);
-- Create index "execution_state_lease_until" to table: "executions"
CREATE INDEX `execution_state_lease_until` ON `executions` (`state`, `lease_until`);
-- Create "execution_events" table
CREATE TABLE `execution_events` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `execution_id` uuid NOT NULL, `sequence` integer NOT NULL, `at` datetime NOT NULL, `text` text NOT NULL DEFAULT (''));
-- Create index "executionevent_execution_id_sequence" to table: "execution_events"
CREATE UNIQUE INDEX `executionevent_execution_id_sequence` ON `execution_events` (`execution_id`, `sequence`);
-- Create "execution_rows" table
CREATE TABLE `execution_rows` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `execution_id` uuid NOT NULL, `row_number` integer NOT NULL, `ticket_reference` text NOT NULL DEFAULT (''), `ticket_id` uuid NULL, `ticket_label` text NOT NULL DEFAULT (''), `version` integer NOT NULL DEFAULT (0), `email` text NOT NULL DEFAULT (''), `email_key` text NOT NULL DEFAULT (''), `first_name` text NOT NULL DEFAULT (''), `last_name` text NOT NULL DEFAULT (''), `search_key` text NOT NULL DEFAULT (''), `first_key` text NOT NULL DEFAULT (''), `outcome` text NOT NULL, `reason` text NULL, `problem` text NOT NULL DEFAULT (''), `warnings` text NOT NULL DEFAULT (''), `contact_id` uuid NULL, `contact_new` bool NOT NULL DEFAULT (false), `contact_number` integer NOT NULL DEFAULT (0), `mail_id` uuid NULL);
-- Create index "executionrow_execution_id_row_number" to table: "execution_rows"
CREATE UNIQUE INDEX `executionrow_execution_id_row_number` ON `execution_rows` (`execution_id`, `row_number`);
-- Create "external_interfaces" table
CREATE TABLE `external_interfaces` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `type` text NOT NULL, `sub_type` text NOT NULL, `url` text NOT NULL DEFAULT (''), `login` text NOT NULL DEFAULT (''), `secret` text NOT NULL DEFAULT (''), `active` bool NOT NULL DEFAULT (false), `failure_recipients` text NOT NULL DEFAULT (''), `parameters` text NOT NULL DEFAULT ('{}'), `organisation_id` uuid NOT NULL, `channel_id` uuid NULL, `point_of_sale_id` uuid NULL, `contact_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `external_interfaces_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `external_interfaces_channels_channel` FOREIGN KEY (`channel_id`) REFERENCES `channels` (`id`) ON DELETE RESTRICT, CONSTRAINT `external_interfaces_point_of_sales_point_of_sale` FOREIGN KEY (`point_of_sale_id`) REFERENCES `point_of_sales` (`id`) ON DELETE RESTRICT, CONSTRAINT `external_interfaces_contacts_contact` FOREIGN KEY (`contact_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT);
-- Create index "externalinterface_organisation_id_code" to table: "external_interfaces"
CREATE UNIQUE INDEX `externalinterface_organisation_id_code` ON `external_interfaces` (`organisation_id`, `code`);
-- Create "files" table
CREATE TABLE `files` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `number` integer NOT NULL, `state` text NOT NULL, `organisation_id` uuid NOT NULL, `owner_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `files_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `files_contacts_owner` FOREIGN KEY (`owner_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT);
-- Create index "file_organisation_id_number" to table: "files"
CREATE UNIQUE INDEX `file_organisation_id_number` ON `files` (`organisation_id`, `number`);
-- Create "file_chunks" table
CREATE TABLE `file_chunks` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `stored_file_id` uuid NOT NULL, `position` integer NOT NULL, `saved_at` datetime NOT NULL, `content` blob NOT NULL);
-- Create index "filechunk_stored_file_id_position" to table: "file_chunks"
CREATE UNIQUE INDEX `filechunk_stored_file_id_position` ON `file_chunks` (`stored_file_id`, `position`);
-- Create "history_entries" table
CREATE TABLE `history_entries` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `ticket_id` uuid NOT NULL, `version` integer NOT NULL, `at` datetime NOT NULL, `event` text NOT NULL, `via` text NOT NULL, `user_id` uuid NULL, `actor` text NOT NULL DEFAULT (''), `actor_contact_id` uuid NULL, `execution_id` uuid NULL, `order_id` uuid NULL, `from_holder_id` uuid NULL, `to_holder_id` uuid NULL, `state` text NOT NULL, `location` text NOT NULL, `barcode_mark` text NOT NULL DEFAULT (''));
-- Create index "historyentry_ticket_id_version" to table: "history_entries"
CREATE UNIQUE INDEX `historyentry_ticket_id_version` ON `history_entries` (`ticket_id`, `version`);
-- Create "holder_links" table
CREATE TABLE `holder_links` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `version` integer NOT NULL, `organisation_id` uuid NOT NULL, `ticket_id` uuid NOT NULL, `giver_id` uuid NOT NULL, `holder_id` uuid NOT NULL, `execution_id` uuid NULL, `depth` integer NOT NULL, `email` text NOT NULL DEFAULT (''), `first_name` text NOT NULL DEFAULT (''), `last_name` text NOT NULL DEFAULT (''), `opened_at` datetime NOT NULL, `closed_at` datetime NULL, `closed_as` text NULL);
-- Create index "holderlink_ticket_id_depth" to table: "holder_links"
CREATE UNIQUE INDEX `holderlink_ticket_id_depth` ON `holder_links` (`ticket_id`, `depth`) WHERE closed_at IS NULL;
-- Create index "holderlink_holder_id_execution_id" to table: "holder_links"
CREATE INDEX `holderlink_holder_id_execution_id` ON `holder_links` (`holder_id`, `execution_id`);
-- Create "institutions" table
CREATE TABLE `institutions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `code` text NOT NULL, `name` text NOT NULL, PRIMARY KEY (`id`));
-- Create index "institutions_code_key" to table: "institutions"
CREATE UNIQUE INDEX `institutions_code_key` ON `institutions` (`code`);
-- Create "logical_configurations" table
CREATE TABLE `logical_configurations` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `organisation_id` uuid NOT NULL, `venue_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `logical_configurations_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `logical_configurations_venues_venue` FOREIGN KEY (`venue_id`) REFERENCES `venues` (`id`) ON DELETE RESTRICT);
-- Create index "logicalconfiguration_organisation_id_code" to table: "logical_configurations"
CREATE UNIQUE INDEX `logicalconfiguration_organisation_id_code` ON `logical_configurations` (`organisation_id`, `code`);
-- Create "logical_places" table
CREATE TABLE `logical_places` (`id` uuid NOT NULL, `size` integer NOT NULL DEFAULT (1), `organisation_id` uuid NOT NULL, `logical_configuration_id` uuid NOT NULL, `area_id` uuid NOT NULL, `seat_id` uuid NULL, `seat_category_id` uuid NOT NULL, `contingent_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `logical_places_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `logical_places_logical_configurations_logical_configuration` FOREIGN KEY (`logical_configuration_id`) REFERENCES `logical_configurations` (`id`) ON DELETE RESTRICT, CONSTRAINT `logical_places_areas_area` FOREIGN KEY (`area_id`) REFERENCES `areas` (`id`) ON DELETE RESTRICT, CONSTRAINT `logical_places_seats_seat` FOREIGN KEY (`seat_id`) REFERENCES `seats` (`id`) ON DELETE RESTRICT, CONSTRAINT `logical_places_seat_categories_seat_category` FOREIGN KEY (`seat_category_id`) REFERENCES `seat_categories` (`id`) ON DELETE RESTRICT, CONSTRAINT `logical_places_contingents_contingent` FOREIGN KEY (`contingent_id`) REFERENCES `contingents` (`id`) ON DELETE RESTRICT);
-- Create index "logicalplace_logical_configuration_id_seat_id" to table: "logical_places"
CREATE UNIQUE INDEX `logicalplace_logical_configuration_id_seat_id` ON `logical_places` (`logical_configuration_id`, `seat_id`);
-- Create "mails" table
CREATE TABLE `mails` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `execution_id` uuid NULL, `recipient_id` uuid NOT NULL, `giver_id` uuid NULL, `class` text NOT NULL, `language` text NOT NULL, `state` text NOT NULL, `address` text NOT NULL, `address_key` text NOT NULL DEFAULT (''), `name` text NOT NULL DEFAULT (''), `message_id` text NOT NULL DEFAULT (''), `attempts` integer NOT NULL DEFAULT (0), `next_attempt_at` datetime NULL, `sent_at` datetime NULL, `claim` integer NOT NULL DEFAULT (0), `claimed_until` datetime NULL, `server_answer` text NOT NULL DEFAULT (''), `organisation_id` uuid NOT NULL, `point_of_sale_id` uuid NULL, PRIMARY KEY (`id`));
-- Create index "mail_execution_id_recipient_id_class" to table: "mails"
CREATE UNIQUE INDEX `mail_execution_id_recipient_id_class` ON `mails` (`execution_id`, `recipient_id`, `class`);
-- Create index "mail_organisation_id_created_at_id" to table: "mails"
CREATE INDEX `mail_organisation_id_created_at_id` ON `mails` (`organisation_id`, `created_at`, `id`);
-- Create index "mail_organisation_id_address_key" to table: "mails"
CREATE INDEX `mail_organisation_id_address_key` ON `mails` (`organisation_id`, `address_key`);
-- Create index "mail_next_attempt_at" to table: "mails"
CREATE INDEX `mail_next_attempt_at` ON `mails` (`next_attempt_at`) WHERE sent_at IS NULL;
-- Create "mappings" table
CREATE TABLE `mappings` (`id` uuid NOT NULL, `kind` text NOT NULL, `subject` text NOT NULL, `object_id` uuid NULL, `value` text NOT NULL, `organisation_id` uuid NOT NULL, `external_interface_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `mappings_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `mappings_external_interfaces_external_interface` FOREIGN KEY (`external_interface_id`) REFERENCES `external_interfaces` (`id`) ON DELETE RESTRICT);
-- Create index "mapping_external_interface_id_subject_object_id" to table: "mappings"
CREATE UNIQUE INDEX `mapping_external_interface_id_subject_object_id` ON `mappings` (`external_interface_id`, `subject`, `object_id`);
-- Create "number_sequences" table
CREATE TABLE `number_sequences` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `kind` text NOT NULL, `next` integer NOT NULL, `organisation_id` uuid NOT NULL, CONSTRAINT `number_sequences_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "numbersequence_organisation_id_kind" to table: "number_sequences"
CREATE UNIQUE INDEX `numbersequence_organisation_id_kind` ON `number_sequences` (`organisation_id`, `kind`);
-- Create "orders" table
CREATE TABLE `orders` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `operation` text NOT NULL, `external_reference` text NULL, `expires_at` datetime NULL, `organisation_id` uuid NOT NULL, `file_id` uuid NOT NULL, `channel_id` uuid NOT NULL, `point_of_sale_id` uuid NOT NULL, `buyer_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `orders_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `orders_files_file` FOREIGN KEY (`file_id`) REFERENCES `files` (`id`) ON DELETE RESTRICT, CONSTRAINT `orders_channels_channel` FOREIGN KEY (`channel_id`) REFERENCES `channels` (`id`) ON DELETE RESTRICT, CONSTRAINT `orders_point_of_sales_point_of_sale` FOREIGN KEY (`point_of_sale_id`) REFERENCES `point_of_sales` (`id`) ON DELETE RESTRICT, CONSTRAINT `orders_contacts_buyer` FOREIGN KEY (`buyer_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT);
-- Create index "order_channel_id_external_reference" to table: "orders"
CREATE UNIQUE INDEX `order_channel_id_external_reference` ON `orders` (`channel_id`, `external_reference`);
-- Create "organisations" table
CREATE TABLE `organisations` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `time_zone` text NOT NULL, `currency` text NOT NULL, `mail_from` text NOT NULL DEFAULT (''), `institution_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `organisations_institutions_institution` FOREIGN KEY (`institution_id`) REFERENCES `institutions` (`id`) ON DELETE RESTRICT);
-- Create index "organisation_institution_id_code" to table: "organisations"
CREATE UNIQUE INDEX `organisation_institution_id_code` ON `organisations` (`institution_id`, `code`);
-- Create "performances" table
CREATE TABLE `performances` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `starts_at` datetime NOT NULL, `duration_minutes` integer NULL, `organisation_id` uuid NOT NULL, `product_id` uuid NOT NULL, `venue_id` uuid NULL, `logical_configuration_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `performances_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `performances_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE RESTRICT, CONSTRAINT `performances_venues_venue` FOREIGN KEY (`venue_id`) REFERENCES `venues` (`id`) ON DELETE RESTRICT, CONSTRAINT `performances_logical_configurations_logical_configuration` FOREIGN KEY (`logical_configuration_id`) REFERENCES `logical_configurations` (`id`) ON DELETE RESTRICT);
-- Create index "performance_product_id_code" to table: "performances"
CREATE UNIQUE INDEX `performance_product_id_code` ON `performances` (`product_id`, `code`);
-- Create index "performance_product_id_starts_at_id" to table: "performances"
CREATE INDEX `performance_product_id_starts_at_id` ON `performances` (`product_id`, `starts_at`, `id`);
-- Create "point_of_sales" table
CREATE TABLE `point_of_sales` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `active` bool NOT NULL DEFAULT (true), `payment_methods` json NULL, `language` text NOT NULL DEFAULT ('EN'), `import_ticket_details` bool NOT NULL DEFAULT (false), `advanced_view` bool NOT NULL DEFAULT (false), `cart` bool NOT NULL DEFAULT (false), `pass_on` bool NOT NULL DEFAULT (false), `allow_take_back_injected` bool NOT NULL DEFAULT (false), `take_back_downloaded` text NOT NULL DEFAULT ('OFF'), `take_back_transferred` bool NOT NULL DEFAULT (false), `take_back_shipment_mode` text NULL, `organisation_id` uuid NOT NULL, `channel_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `point_of_sales_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `point_of_sales_channels_channel` FOREIGN KEY (`channel_id`) REFERENCES `channels` (`id`) ON DELETE RESTRICT);
-- Create index "pointofsale_organisation_id_code" to table: "point_of_sales"
CREATE UNIQUE INDEX `pointofsale_organisation_id_code` ON `point_of_sales` (`organisation_id`, `code`);
-- Create "prices" table
CREATE TABLE `prices` (`id` uuid NOT NULL, `amount` integer NOT NULL, `currency` text NOT NULL, `organisation_id` uuid NOT NULL, `product_id` uuid NOT NULL, `performance_id` uuid NULL, `seat_category_id` uuid NULL, `tariff_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `prices_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `prices_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE RESTRICT, CONSTRAINT `prices_performances_performance` FOREIGN KEY (`performance_id`) REFERENCES `performances` (`id`) ON DELETE RESTRICT, CONSTRAINT `prices_seat_categories_seat_category` FOREIGN KEY (`seat_category_id`) REFERENCES `seat_categories` (`id`) ON DELETE RESTRICT, CONSTRAINT `prices_tariffs_tariff` FOREIGN KEY (`tariff_id`) REFERENCES `tariffs` (`id`) ON DELETE RESTRICT);
-- Create "products" table
CREATE TABLE `products` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `family` text NOT NULL, `distribution_opens_minutes` integer NULL, `distribution_closes_minutes` integer NULL, `guest_limit` integer NULL, `guest_fields` json NULL, `organisation_id` uuid NOT NULL, `season_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `products_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `products_seasons_season` FOREIGN KEY (`season_id`) REFERENCES `seasons` (`id`) ON DELETE RESTRICT);
-- Create index "product_organisation_id_code" to table: "products"
CREATE UNIQUE INDEX `product_organisation_id_code` ON `products` (`organisation_id`, `code`);
-- Create "profiles" table
CREATE TABLE `profiles` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `kind` text NOT NULL, `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `profiles_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "profile_organisation_id_code" to table: "profiles"
CREATE UNIQUE INDEX `profile_organisation_id_code` ON `profiles` (`organisation_id`, `code`);
-- Create "rate_windows" table
CREATE TABLE `rate_windows` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `key` text NOT NULL, `window_start` datetime NOT NULL, `used` integer NOT NULL DEFAULT (0));
-- Create index "ratewindow_key_window_start" to table: "rate_windows"
CREATE UNIQUE INDEX `ratewindow_key_window_start` ON `rate_windows` (`key`, `window_start`);
-- Create "relays" table
CREATE TABLE `relays` (`id` uuid NOT NULL, `main` bool NOT NULL DEFAULT (false), `organisation_id` uuid NOT NULL, `structure_id` uuid NOT NULL, `individual_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `relays_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `relays_contacts_structure` FOREIGN KEY (`structure_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT, CONSTRAINT `relays_contacts_individual` FOREIGN KEY (`individual_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT);
-- Create index "relay_structure_id_individual_id" to table: "relays"
CREATE UNIQUE INDEX `relay_structure_id_individual_id` ON `relays` (`structure_id`, `individual_id`);
-- Create index "relay_individual_id" to table: "relays"
CREATE INDEX `relay_individual_id` ON `relays` (`individual_id`);
-- Create "schedules" table
CREATE TABLE `schedules` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `function` text NOT NULL, `parameters` text NOT NULL DEFAULT ('{}'), `cron` text NOT NULL DEFAULT (''), `paused` bool NOT NULL DEFAULT (false), `organisation_id` uuid NOT NULL, `external_interface_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `schedules_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `schedules_external_interfaces_external_interface` FOREIGN KEY (`external_interface_id`) REFERENCES `external_interfaces` (`id`) ON DELETE RESTRICT);
-- Create index "schedule_organisation_id_code" to table: "schedules"
CREATE UNIQUE INDEX `schedule_organisation_id_code` ON `schedules` (`organisation_id`, `code`);
-- Create "scheduled_runs" table
CREATE TABLE `scheduled_runs` (`id` integer NOT NULL PRIMARY KEY AUTOINCREMENT, `organisation_id` uuid NOT NULL, `schedule_id` uuid NOT NULL, `due_at` datetime NOT NULL, `execution_id` uuid NULL);
-- Create index "scheduledrun_schedule_id_due_at" to table: "scheduled_runs"
CREATE UNIQUE INDEX `scheduledrun_schedule_id_due_at` ON `scheduled_runs` (`schedule_id`, `due_at`);
-- Create "seasons" table
CREATE TABLE `seasons` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `starts_at` datetime NOT NULL, `ends_at` datetime NOT NULL, `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `seasons_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "season_organisation_id_code" to table: "seasons"
CREATE UNIQUE INDEX `season_organisation_id_code` ON `seasons` (`organisation_id`, `code`);
-- Create "seats" table
CREATE TABLE `seats` (`id` uuid NOT NULL, `name` text NOT NULL, `rank` integer NOT NULL, `x` real NOT NULL DEFAULT (0), `y` real NOT NULL DEFAULT (0), `organisation_id` uuid NOT NULL, `seat_row_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `seats_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `seats_seat_rows_seat_row` FOREIGN KEY (`seat_row_id`) REFERENCES `seat_rows` (`id`) ON DELETE RESTRICT);
-- Create index "seat_seat_row_id_name" to table: "seats"
CREATE UNIQUE INDEX `seat_seat_row_id_name` ON `seats` (`seat_row_id`, `name`);
-- Create "seat_categories" table
CREATE TABLE `seat_categories` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `rank` integer NOT NULL DEFAULT (0), `color` text NOT NULL DEFAULT (''), `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `seat_categories_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "seatcategory_organisation_id_code" to table: "seat_categories"
CREATE UNIQUE INDEX `seatcategory_organisation_id_code` ON `seat_categories` (`organisation_id`, `code`);
-- Create "seat_rows" table
CREATE TABLE `seat_rows` (`id` uuid NOT NULL, `name` text NOT NULL, `rank` integer NOT NULL, `organisation_id` uuid NOT NULL, `block_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `seat_rows_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `seat_rows_blocks_block` FOREIGN KEY (`block_id`) REFERENCES `blocks` (`id`) ON DELETE RESTRICT);
-- Create index "seatrow_block_id_name" to table: "seat_rows"
CREATE UNIQUE INDEX `seatrow_block_id_name` ON `seat_rows` (`block_id`, `name`);
-- Create "sessions" table
CREATE TABLE `sessions` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `token_hash` text NOT NULL, `expires_at` datetime NOT NULL, `idle_at` datetime NOT NULL, `address` text NOT NULL DEFAULT (''), `user_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `sessions_users_user` FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT);
-- Create index "sessions_token_hash_key" to table: "sessions"
CREATE UNIQUE INDEX `sessions_token_hash_key` ON `sessions` (`token_hash`);
-- Create "stored_files" table
CREATE TABLE `stored_files` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `name` text NOT NULL, `size` integer NOT NULL, `sha256` text NOT NULL, `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `stored_files_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create "tariffs" table
CREATE TABLE `tariffs` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `audience` text NOT NULL, `organisation_id` uuid NOT NULL, `season_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `tariffs_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `tariffs_seasons_season` FOREIGN KEY (`season_id`) REFERENCES `seasons` (`id`) ON DELETE RESTRICT);
-- Create index "tariff_organisation_id_code" to table: "tariffs"
CREATE UNIQUE INDEX `tariff_organisation_id_code` ON `tariffs` (`organisation_id`, `code`);
-- Create "tickets" table
CREATE TABLE `tickets` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `number` integer NOT NULL, `parent_id` uuid NULL, `replaces_id` uuid NULL, `replaced_by_id` uuid NULL, `price` integer NOT NULL, `currency` text NOT NULL, `valid_from` datetime NULL, `valid_until` datetime NULL, `entrance` text NOT NULL DEFAULT (''), `area_name` text NOT NULL DEFAULT (''), `row_name` text NOT NULL DEFAULT (''), `seat_name` text NOT NULL DEFAULT (''), `item` text NOT NULL DEFAULT (''), `quantity` integer NOT NULL DEFAULT (1), `place_key` text NOT NULL, `holder_email` text NOT NULL DEFAULT (''), `holder_email_key` text NOT NULL DEFAULT (''), `holder_first_name` text NOT NULL DEFAULT (''), `holder_last_name` text NOT NULL DEFAULT (''), `holder_search` text NOT NULL DEFAULT (''), `holder_first_key` text NOT NULL DEFAULT (''), `shipment_mode` text NOT NULL DEFAULT ('MOBILE'), `barcode` text NOT NULL, `state` text NOT NULL DEFAULT ('NOT_PRINTED'), `dead_reason` text NOT NULL DEFAULT (''), `live` bool NOT NULL DEFAULT (true), `location` text NOT NULL DEFAULT ('NONE'), `on_resale` bool NOT NULL DEFAULT (false), `version` integer NOT NULL DEFAULT (1), `move` integer NOT NULL DEFAULT (0), `depth` integer NOT NULL DEFAULT (0), `distributed_at` datetime NULL, `printed_at` datetime NULL, `injected_at` datetime NULL, `downloaded_at` datetime NULL, `transferred_at` datetime NULL, `activated_at` datetime NULL, `deleted_at` datetime NULL, `controlled_at` datetime NULL, `ended_at` datetime NULL, `wallet_reported_at` datetime NULL, `organisation_id` uuid NOT NULL, `product_id` uuid NOT NULL, `performance_id` uuid NULL, `seat_id` uuid NULL, `area_id` uuid NULL, `capacity_id` uuid NULL, `seat_category_id` uuid NULL, `contingent_id` uuid NULL, `tariff_id` uuid NOT NULL, `file_id` uuid NOT NULL, `order_id` uuid NOT NULL, `owner_id` uuid NOT NULL, `holder_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `tickets_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION, CONSTRAINT `tickets_products_product` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_performances_performance` FOREIGN KEY (`performance_id`) REFERENCES `performances` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_seats_seat` FOREIGN KEY (`seat_id`) REFERENCES `seats` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_areas_area` FOREIGN KEY (`area_id`) REFERENCES `areas` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_capacities_capacity` FOREIGN KEY (`capacity_id`) REFERENCES `capacities` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_seat_categories_seat_category` FOREIGN KEY (`seat_category_id`) REFERENCES `seat_categories` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_contingents_contingent` FOREIGN KEY (`contingent_id`) REFERENCES `contingents` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_tariffs_tariff` FOREIGN KEY (`tariff_id`) REFERENCES `tariffs` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_files_file` FOREIGN KEY (`file_id`) REFERENCES `files` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_orders_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_contacts_owner` FOREIGN KEY (`owner_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT, CONSTRAINT `tickets_contacts_holder` FOREIGN KEY (`holder_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT);
-- Create index "ticket_organisation_id_number" to table: "tickets"
CREATE UNIQUE INDEX `ticket_organisation_id_number` ON `tickets` (`organisation_id`, `number`);
-- Create index "ticket_barcode" to table: "tickets"
CREATE UNIQUE INDEX `ticket_barcode` ON `tickets` (`barcode`);
-- Create index "ticket_performance_id_seat_id" to table: "tickets"
CREATE UNIQUE INDEX `ticket_performance_id_seat_id` ON `tickets` (`performance_id`, `seat_id`) WHERE live;
-- Create index "ticket_owner_id_product_id_place_key_id" to table: "tickets"
CREATE INDEX `ticket_owner_id_product_id_place_key_id` ON `tickets` (`owner_id`, `product_id`, `place_key`, `id`);
-- Create index "ticket_owner_id_number" to table: "tickets"
CREATE INDEX `ticket_owner_id_number` ON `tickets` (`owner_id`, `number`);
-- Create index "ticket_owner_id_holder_search" to table: "tickets"
CREATE INDEX `ticket_owner_id_holder_search` ON `tickets` (`owner_id`, `holder_search`);
-- Create index "ticket_owner_id_holder_email_key" to table: "tickets"
CREATE INDEX `ticket_owner_id_holder_email_key` ON `tickets` (`owner_id`, `holder_email_key`);
-- Create index "ticket_organisation_id_place_key_id" to table: "tickets"
CREATE INDEX `ticket_organisation_id_place_key_id` ON `tickets` (`organisation_id`, `place_key`, `id`);
-- Create index "ticket_holder_id" to table: "tickets"
CREATE INDEX `ticket_holder_id` ON `tickets` (`holder_id`);
-- Create index "ticket_capacity_id" to table: "tickets"
CREATE INDEX `ticket_capacity_id` ON `tickets` (`capacity_id`);
-- Create index "ticket_parent_id" to table: "tickets"
CREATE INDEX `ticket_parent_id` ON `tickets` (`parent_id`);
-- Create index "ticket_replaces_id" to table: "tickets"
CREATE UNIQUE INDEX `ticket_replaces_id` ON `tickets` (`replaces_id`);
-- Create "users" table
CREATE TABLE `users` (`id` uuid NOT NULL, `created_at` datetime NOT NULL, `email` text NOT NULL, `email_key` text NOT NULL, `name` text NOT NULL, `role` text NOT NULL, `language` text NOT NULL DEFAULT ('EN'), `password_hash` text NOT NULL DEFAULT (''), `active` bool NOT NULL DEFAULT (true), `failed_sign_ins` integer NOT NULL DEFAULT (0), `locked_until` datetime NULL, `last_sign_in_at` datetime NULL, `organisation_id` uuid NULL, `contact_id` uuid NULL, `structure_id` uuid NULL, `point_of_sale_id` uuid NULL, PRIMARY KEY (`id`), CONSTRAINT `users_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE RESTRICT, CONSTRAINT `users_contacts_contact` FOREIGN KEY (`contact_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT, CONSTRAINT `users_contacts_structure` FOREIGN KEY (`structure_id`) REFERENCES `contacts` (`id`) ON DELETE RESTRICT, CONSTRAINT `users_point_of_sales_point_of_sale` FOREIGN KEY (`point_of_sale_id`) REFERENCES `point_of_sales` (`id`) ON DELETE RESTRICT);
-- Create index "users_email_key_key" to table: "users"
CREATE UNIQUE INDEX `users_email_key_key` ON `users` (`email_key`);
-- Create "venues" table
CREATE TABLE `venues` (`id` uuid NOT NULL, `code` text NOT NULL, `name` text NOT NULL, `time_zone` text NOT NULL, `city` text NOT NULL DEFAULT (''), `organisation_id` uuid NOT NULL, PRIMARY KEY (`id`), CONSTRAINT `venues_organisations_organisation` FOREIGN KEY (`organisation_id`) REFERENCES `organisations` (`id`) ON DELETE NO ACTION);
-- Create index "venue_organisation_id_code" to table: "venues"
CREATE UNIQUE INDEX `venue_organisation_id_code` ON `venues` (`organisation_id`, `code`);
-- Create "channel_contingents" table
CREATE TABLE `channel_contingents` (`channel_id` uuid NOT NULL, `contingent_id` uuid NOT NULL, PRIMARY KEY (`channel_id`, `contingent_id`), CONSTRAINT `channel_contingents_channel_id` FOREIGN KEY (`channel_id`) REFERENCES `channels` (`id`) ON DELETE CASCADE, CONSTRAINT `channel_contingents_contingent_id` FOREIGN KEY (`contingent_id`) REFERENCES `contingents` (`id`) ON DELETE CASCADE);
-- Create "channel_profiles" table
CREATE TABLE `channel_profiles` (`channel_id` uuid NOT NULL, `profile_id` uuid NOT NULL, PRIMARY KEY (`channel_id`, `profile_id`), CONSTRAINT `channel_profiles_channel_id` FOREIGN KEY (`channel_id`) REFERENCES `channels` (`id`) ON DELETE CASCADE, CONSTRAINT `channel_profiles_profile_id` FOREIGN KEY (`profile_id`) REFERENCES `profiles` (`id`) ON DELETE CASCADE);
-- Create "profile_products" table
CREATE TABLE `profile_products` (`profile_id` uuid NOT NULL, `product_id` uuid NOT NULL, PRIMARY KEY (`profile_id`, `product_id`), CONSTRAINT `profile_products_profile_id` FOREIGN KEY (`profile_id`) REFERENCES `profiles` (`id`) ON DELETE CASCADE, CONSTRAINT `profile_products_product_id` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`) ON DELETE CASCADE);
-- Create index "logicalplace_seat_id" to table: "logical_places"
CREATE INDEX `logicalplace_seat_id` ON `logical_places` (`seat_id`);
