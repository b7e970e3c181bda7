package io.pulsehook.event;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.pulsehook.event.Medium.Shape;

/**
 * Where each messaging platform puts the parts of a message: all that is read, from
 * where, and in which order, the first that is there counts. {@code CD.message} is the
 * platform's own object, as the WhatsApp Cloud API, the Telegram Bot API and Meta's
 * Messenger and Instagram publish it. Viber is read as Telegram.
 */
final class Places {

	static final List<Place> TEXT = List.of(
			place("Facebook, a comment of a page", "CD.message[item=comment][verb=add].message"),
			place("Telegram, Instagram, Messenger, Viber, TikTok", "CD.message.text"),
			place("WhatsApp, TikTok", "CD.message.text.body"), place("Live chat", "CD.message.text.text"),
			place("WhatsApp, a button of a message", "CD.message.interactive.button_reply.title"),
			place("WhatsApp, a row of a list", "CD.message.interactive.list_reply.title"),
			place("WhatsApp, a form", "CD.message.interactive.nfm_reply.body"),
			place("WhatsApp, a button of a template", "CD.message.button.text"),
			place("WhatsApp, an order", "CD.message.order.text"),
			place("WhatsApp, a message that was edited", "CD.message.edit.message.text.body"),
			place("WhatsApp, buttons and lists that are sent", "CD.message.interactive.body.text"),
			place("Instagram, what is sent", "CD.message.message.text"),
			place("Instagram, cards that are sent", "CD.message.message.attachment.payload.elements[].title"),
			place("Instagram, buttons that are sent", "CD.message.message.attachment.payload.text"),
			place("Messenger, cards", "CD.message.attachments[type=template].payload.elements[].title"),
			place("Messenger, products", "CD.message.attachments[type=template].payload.product.elements[].title"),
			place("Messenger, buttons", "CD.message.attachments[type=template].payload.text"),
			place("Instagram, a quick reply", "CD.message.title"),
			place("Messenger, Instagram, a button", "CD.postback.title"),
			place("Live chat, without channel data", "M.text"), place("Written by hand", "M"));

	/** For what a contact wrote, from {@code contact.last_message_data} on. */
	static final List<Place> TEXT_OF_CONTACT = List.of(place("Telegram, Instagram", "message.text"),
			place("WhatsApp", "message.text.body"));

	/** From {@code contact.last_message_data} on. */
	static final Place START_CODE = place("Telegram, a deep link", "message.tracking_data.start");

	/**
	 * What a contact sent that is no text, whatever the last text of the contact is.
	 */
	static final List<Place> WITHOUT_TEXT = Stream
		.of(Stream.of(place("WhatsApp, what it cannot show", "CD.message[type=unsupported]"),
				place("WhatsApp, what it cannot show", "CD.message[type=unknown]"),
				place("WhatsApp, a chat that is opened", "CD.message[type=request_welcome]"),
				place("WhatsApp, a message that was edited", "CD.message[type=edit]"),
				place("WhatsApp, a message that was withdrawn", "CD.message[type=revoke]"),
				place("WhatsApp, a change of a number", "CD.message.system"),
				place("WhatsApp, an order", "CD.message.order"),
				place("WhatsApp, the leave to call", "CD.message.interactive.call_permission_reply"),
				place("WhatsApp, a reaction", "CD.message.reaction"),
				place("Messenger, Instagram, a reaction", "CD.reaction"),
				place("Instagram, a message that was deleted", "CD.message.is_deleted"),
				place("Instagram, what it cannot show", "CD.message.is_unsupported")),
				Stream.of("dice", "game", "poll", "checklist", "invoice").map((kind) -> telegram(kind)),
				Stream
					.of("boost_added", "channel_chat_created", "chat_background_set", "chat_shared",
							"checklist_tasks_added", "checklist_tasks_done", "connected_website", "delete_chat_photo",
							"direct_message_price_changed", "forum_topic_closed", "forum_topic_created",
							"forum_topic_edited", "forum_topic_reopened", "general_forum_topic_hidden",
							"general_forum_topic_unhidden", "gift", "gift_upgrade_sent", "giveaway",
							"giveaway_completed", "giveaway_created", "giveaway_winners", "group_chat_created",
							"left_chat_member", "message_auto_delete_timer_changed", "migrate_from_chat_id",
							"migrate_to_chat_id", "new_chat_members", "new_chat_photo", "new_chat_title",
							"paid_message_price_changed", "passport_data", "pinned_message", "poll_option_added",
							"proximity_alert_triggered", "refunded_payment", "successful_payment",
							"suggested_post_approval_failed", "suggested_post_approved", "suggested_post_declined",
							"suggested_post_paid", "suggested_post_refunded", "supergroup_chat_created", "unique_gift",
							"users_shared", "video_chat_ended", "video_chat_participants_invited",
							"video_chat_scheduled", "video_chat_started", "web_app_data", "write_access_allowed")
					.map((kind) -> telegram(kind)))
		.flatMap((places) -> places)
		.toList();

	static final List<Place> MESSAGE_ID = List.of(place("All", "CD.message_id"),
			place("Messenger, Instagram", "CD.message.mid"), place("Telegram", "CD.message.message_id"),
			place("WhatsApp", "CD.message.id"), place("Messenger, Instagram, a button", "CD.postback.mid"),
			place("All, the id of SendPulse", "M.id"));

	/** The id of the message that another one answers or reacts to. */
	static final List<Place> ANSWERED_MESSAGE = List.of(place("WhatsApp", "CD.message.context.id"),
			place("WhatsApp, what is sent", "CD.message.context.message_id"),
			place("WhatsApp, a message that was edited", "CD.message.edit.message.context.id"),
			place("WhatsApp, a reaction", "CD.message.reaction.message_id"),
			place("Telegram", "CD.message.reply_to_message.message_id"),
			place("Telegram, of another chat", "CD.message.external_reply.message_id"),
			place("Telegram, what is sent", "CD.message.reply_parameters.message_id"),
			place("Telegram, what is sent", "CD.message.reply_to_message_id"),
			place("Messenger, Instagram", "CD.message.reply_to.mid"),
			place("Messenger, Instagram, a reaction", "CD.reaction.mid"));

	static final List<Place> ANSWERED_STORY_URL = List.of(place("Instagram", "CD.message.reply_to.story.url"));

	static final List<Place> ANSWERED_STORY_ID = List.of(place("Instagram", "CD.message.reply_to.story.id"),
			place("Telegram", "CD.message.reply_to_story.id"));

	static final List<Place> REFERRAL = List.of(place("WhatsApp, Messenger, Instagram", "CD.message.referral"),
			place("Messenger, Instagram, a button", "CD.postback.referral"),
			place("Messenger, Instagram, a link", "CD.referral"));

	static final Place ECHO = place("Messenger, Instagram", "CD.message.is_echo");

	static final Place SENT_BY = place("All", "M.sent_by");

	static final Place FACEBOOK_COMMENT = place("Facebook", "CD.message[item=comment][verb=add]");

	static final Place FACEBOOK_COMMENT_ID = place("Facebook", "CD.message.comment_id");

	static final Place FACEBOOK_POST_ID = place("Facebook", "CD.message.post_id");

	static final Place FACEBOOK_PERMALINK = place("Facebook", "CD.message.post.permalink_url");

	/** What makes it something else of a page than an Instagram comment. */
	static final Place FACEBOOK_ITEM = place("Facebook", "CD.message.item");

	static final List<Place> INSTAGRAM_COMMENT = List.of(place("Instagram", "CD.media.permalink"),
			place("Instagram", "CD.media.media_product_type"));

	static final List<Place> INSTAGRAM_COMMENT_ID = List.of(place("Instagram", "CD.comment_id"),
			place("Instagram", "CD.message.comment_id"), place("Instagram", "CD.media.comment_id"));

	static final Place INSTAGRAM_MEDIUM_ID = place("Instagram", "CD.media.id");

	static final Place INSTAGRAM_PERMALINK = place("Instagram", "CD.media.permalink");

	static final List<Medium> MEDIA = List.of(named("Messenger, Instagram", "CD.message.attachments[]"),
			named("Instagram, what is sent", "CD.message.message.attachments[]"),
			named("Instagram, what is sent", "CD.message.message.attachment"), message("Live chat", "CD.message"),
			file(AttachmentType.IMAGE, "WhatsApp, TikTok", "CD.message.image"),
			file(AttachmentType.IMAGE, "WhatsApp, edited", "CD.message.edit.message.image"),
			file(AttachmentType.VIDEO, "WhatsApp, edited", "CD.message.edit.message.video"),
			file(AttachmentType.DOCUMENT, "WhatsApp, edited", "CD.message.edit.message.document"),
			file(AttachmentType.IMAGE, "Telegram, in several sizes; a path in what is sent", "CD.message.photo"),
			file(AttachmentType.VOICE, "WhatsApp, which was spoken", "CD.message.audio[voice=true]"),
			file(AttachmentType.AUDIO, "WhatsApp, Telegram", "CD.message.audio"),
			file(AttachmentType.VOICE, "WhatsApp, Telegram", "CD.message.voice"),
			file(AttachmentType.VIDEO, "WhatsApp, Telegram", "CD.message.video"),
			file(AttachmentType.VIDEO, "Telegram, in a circle", "CD.message.video_note"),
			file(AttachmentType.VIDEO, "Telegram, without sound", "CD.message.animation"),
			file(AttachmentType.DOCUMENT, "WhatsApp, Telegram", "CD.message.document").unlessIn("CD.message.animation"),
			file(AttachmentType.STICKER, "WhatsApp, Telegram", "CD.message.sticker"),
			file(AttachmentType.STORY, "Telegram, forwarded", "CD.message.story"),
			file(AttachmentType.POST, "TikTok, shared", "CD.message.share_post"),
			file(AttachmentType.IMAGE, "Telegram, paid", "CD.message.paid_media.paid_media[type=photo].photo"),
			file(AttachmentType.VIDEO, "Telegram, paid", "CD.message.paid_media.paid_media[type=video].video"),
			file(AttachmentType.OTHER, "Telegram, to be paid", "CD.message.paid_media.paid_media[type=preview]"),
			location("Telegram", "CD.message.venue"),
			location("WhatsApp, Telegram", "CD.message.location").unlessIn("CD.message.venue"),
			contact("Telegram", "CD.message.contact"), contact("WhatsApp", "CD.message.contacts[]"));

	/** The types that Messenger, Instagram and the live chat name. */
	static final Map<String, AttachmentType> NAMED = Map.ofEntries(Map.entry("image", AttachmentType.IMAGE),
			Map.entry("photo", AttachmentType.IMAGE), Map.entry("animated_image_share", AttachmentType.IMAGE),
			Map.entry("video", AttachmentType.VIDEO), Map.entry("audio", AttachmentType.AUDIO),
			Map.entry("voice", AttachmentType.VOICE), Map.entry("file", AttachmentType.DOCUMENT),
			Map.entry("document", AttachmentType.DOCUMENT), Map.entry("sticker", AttachmentType.STICKER),
			Map.entry("like_heart", AttachmentType.STICKER), Map.entry("location", AttachmentType.LOCATION),
			Map.entry("ig_reel", AttachmentType.REEL), Map.entry("reel", AttachmentType.REEL),
			Map.entry("ig_post", AttachmentType.POST), Map.entry("post", AttachmentType.POST),
			Map.entry("ig_story", AttachmentType.STORY), Map.entry("story_mention", AttachmentType.STORY),
			Map.entry("share", AttachmentType.SHARE), Map.entry("fallback", AttachmentType.SHARE));

	private Places() {
	}

	private static Place place(String channel, String path) {
		return Place.of(channel, path);
	}

	private static Place telegram(String kind) {
		return place("Telegram", "CD.message." + kind);
	}

	private static Medium file(AttachmentType type, String channel, String path) {
		return Medium.of(Shape.FILE, type, place(channel, path));
	}

	private static Medium location(String channel, String path) {
		return Medium.of(Shape.LOCATION, AttachmentType.LOCATION, place(channel, path));
	}

	private static Medium contact(String channel, String path) {
		return Medium.of(Shape.CONTACT, AttachmentType.CONTACT, place(channel, path));
	}

	// One that names its type and has the rest in its payload, as Meta writes it.
	private static Medium named(String channel, String path) {
		return Medium.of(Shape.NAMED, AttachmentType.OTHER, place(channel, path));
	}

	// A message that is a medium itself.
	private static Medium message(String channel, String path) {
		return Medium.of(Shape.MESSAGE, AttachmentType.OTHER, place(channel, path));
	}

}
