package io.pulsehook.event;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.pulsehook.event.Medium.Shape;

/**
 * Lists where each messaging platform puts the parts of a message. The places of a part
 * are searched in this order, and the first one that has something counts.
 * {@code CD.message} is the platform's own object, as the WhatsApp Cloud API, the
 * Telegram Bot API and Meta's Messenger and Instagram publish it. Viber is read as
 * Telegram.
 */
final class Places {

	static final List<Place> TEXT = places(
			"""
					Facebook, a comment of a page                 | CD.message[item=comment][verb=add].message
					Telegram, Instagram, Messenger, Viber, TikTok | CD.message.text
					WhatsApp, TikTok                              | CD.message.text.body
					Live chat                                     | CD.message.text.text
					WhatsApp, a button of a message               | CD.message.interactive.button_reply.title
					WhatsApp, a row of a list                     | CD.message.interactive.list_reply.title
					WhatsApp, a form                              | CD.message.interactive.nfm_reply.body
					WhatsApp, a button of a template              | CD.message.button.text
					WhatsApp, an order                            | CD.message.order.text
					WhatsApp, a message that was edited           | CD.message.edit.message.text.body
					WhatsApp, buttons and lists that are sent     | CD.message.interactive.body.text
					Instagram, what is sent                       | CD.message.message.text
					Instagram, cards that are sent                | CD.message.message.attachment.payload.elements[].title
					Instagram, buttons that are sent              | CD.message.message.attachment.payload.text
					Messenger, cards                              | CD.message.attachments[type=template].payload.elements[].title
					Messenger, products                           | CD.message.attachments[type=template].payload.product.elements[].title
					Messenger, buttons                            | CD.message.attachments[type=template].payload.text
					Instagram, a quick reply                      | CD.message.title
					Messenger, Instagram, a button                | CD.postback.title
					Live chat, without channel data               | M.text
					Written by hand                               | M
					""");

	/**
	 * The text that a contact wrote; the paths start at
	 * {@code contact.last_message_data}.
	 */
	static final List<Place> TEXT_OF_CONTACT = places("""
			Telegram, Instagram | message.text
			WhatsApp            | message.text.body
			""");

	/** The code of a deep link; the path starts at {@code contact.last_message_data}. */
	static final Place START_CODE = place("Telegram, a deep link", "message.tracking_data.start");

	/**
	 * What a contact can send that has no text. If it is there, the contact's last text
	 * belongs to an older message.
	 */
	static final List<Place> WITHOUT_TEXT = places("""
			WhatsApp, what it cannot show          | CD.message[type=unsupported]
			WhatsApp, what it cannot show          | CD.message[type=unknown]
			WhatsApp, a chat that is opened        | CD.message[type=request_welcome]
			WhatsApp, a message that was edited    | CD.message[type=edit]
			WhatsApp, a message that was withdrawn | CD.message[type=revoke]
			WhatsApp, a change of a number         | CD.message.system
			WhatsApp, an order                     | CD.message.order
			WhatsApp, the leave to call            | CD.message.interactive.call_permission_reply
			WhatsApp, a reaction                   | CD.message.reaction
			Messenger, Instagram, a reaction       | CD.reaction
			Instagram, a message that was deleted  | CD.message.is_deleted
			Instagram, what it cannot show         | CD.message.is_unsupported
			Telegram                               | CD.message.dice
			Telegram                               | CD.message.game
			Telegram                               | CD.message.poll
			Telegram                               | CD.message.checklist
			Telegram                               | CD.message.invoice
			Telegram                               | CD.message.boost_added
			Telegram                               | CD.message.channel_chat_created
			Telegram                               | CD.message.chat_background_set
			Telegram                               | CD.message.chat_shared
			Telegram                               | CD.message.checklist_tasks_added
			Telegram                               | CD.message.checklist_tasks_done
			Telegram                               | CD.message.connected_website
			Telegram                               | CD.message.delete_chat_photo
			Telegram                               | CD.message.direct_message_price_changed
			Telegram                               | CD.message.forum_topic_closed
			Telegram                               | CD.message.forum_topic_created
			Telegram                               | CD.message.forum_topic_edited
			Telegram                               | CD.message.forum_topic_reopened
			Telegram                               | CD.message.general_forum_topic_hidden
			Telegram                               | CD.message.general_forum_topic_unhidden
			Telegram                               | CD.message.gift
			Telegram                               | CD.message.gift_upgrade_sent
			Telegram                               | CD.message.giveaway
			Telegram                               | CD.message.giveaway_completed
			Telegram                               | CD.message.giveaway_created
			Telegram                               | CD.message.giveaway_winners
			Telegram                               | CD.message.group_chat_created
			Telegram                               | CD.message.left_chat_member
			Telegram                               | CD.message.message_auto_delete_timer_changed
			Telegram                               | CD.message.migrate_from_chat_id
			Telegram                               | CD.message.migrate_to_chat_id
			Telegram                               | CD.message.new_chat_members
			Telegram                               | CD.message.new_chat_photo
			Telegram                               | CD.message.new_chat_title
			Telegram                               | CD.message.paid_message_price_changed
			Telegram                               | CD.message.passport_data
			Telegram                               | CD.message.pinned_message
			Telegram                               | CD.message.poll_option_added
			Telegram                               | CD.message.proximity_alert_triggered
			Telegram                               | CD.message.refunded_payment
			Telegram                               | CD.message.successful_payment
			Telegram                               | CD.message.suggested_post_approval_failed
			Telegram                               | CD.message.suggested_post_approved
			Telegram                               | CD.message.suggested_post_declined
			Telegram                               | CD.message.suggested_post_paid
			Telegram                               | CD.message.suggested_post_refunded
			Telegram                               | CD.message.supergroup_chat_created
			Telegram                               | CD.message.unique_gift
			Telegram                               | CD.message.users_shared
			Telegram                               | CD.message.video_chat_ended
			Telegram                               | CD.message.video_chat_participants_invited
			Telegram                               | CD.message.video_chat_scheduled
			Telegram                               | CD.message.video_chat_started
			Telegram                               | CD.message.web_app_data
			Telegram                               | CD.message.write_access_allowed
			""");

	static final List<Place> MESSAGE_ID = places("""
			All                            | CD.message_id
			Messenger, Instagram           | CD.message.mid
			Telegram                       | CD.message.message_id
			WhatsApp                       | CD.message.id
			Messenger, Instagram, a button | CD.postback.mid
			All, the id of SendPulse       | M.id
			""");

	/** The id of the message that another one answers or reacts to. */
	static final List<Place> ANSWERED_MESSAGE = places("""
			WhatsApp                            | CD.message.context.id
			WhatsApp, what is sent              | CD.message.context.message_id
			WhatsApp, a message that was edited | CD.message.edit.message.context.id
			WhatsApp, a reaction                | CD.message.reaction.message_id
			Telegram                            | CD.message.reply_to_message.message_id
			Telegram, of another chat           | CD.message.external_reply.message_id
			Telegram, what is sent              | CD.message.reply_parameters.message_id
			Telegram, what is sent              | CD.message.reply_to_message_id
			Messenger, Instagram                | CD.message.reply_to.mid
			Messenger, Instagram, a reaction    | CD.reaction.mid
			""");

	static final List<Place> ANSWERED_STORY_URL = places("""
			Instagram | CD.message.reply_to.story.url
			""");

	static final List<Place> ANSWERED_STORY_ID = places("""
			Instagram | CD.message.reply_to.story.id
			Telegram  | CD.message.reply_to_story.id
			""");

	static final List<Place> REFERRAL = places("""
			WhatsApp, Messenger, Instagram | CD.message.referral
			Messenger, Instagram, a button | CD.postback.referral
			Messenger, Instagram, a link   | CD.referral
			""");

	static final Place ECHO = place("Messenger, Instagram", "CD.message.is_echo");

	static final Place SENT_BY = place("All", "M.sent_by");

	static final Place FACEBOOK_COMMENT = place("Facebook", "CD.message[item=comment][verb=add]");

	static final Place FACEBOOK_COMMENT_ID = place("Facebook", "CD.message.comment_id");

	static final Place FACEBOOK_POST_ID = place("Facebook", "CD.message.post_id");

	static final Place FACEBOOK_PERMALINK = place("Facebook", "CD.message.post.permalink_url");

	/**
	 * If this is there, the message is from a Facebook page and is no Instagram comment.
	 */
	static final Place FACEBOOK_ITEM = place("Facebook", "CD.message.item");

	static final List<Place> INSTAGRAM_COMMENT = places("""
			Instagram | CD.media.permalink
			Instagram | CD.media.media_product_type
			""");

	static final List<Place> INSTAGRAM_COMMENT_ID = places("""
			Instagram | CD.comment_id
			Instagram | CD.message.comment_id
			Instagram | CD.media.comment_id
			""");

	static final Place INSTAGRAM_MEDIUM_ID = place("Instagram", "CD.media.id");

	static final Place INSTAGRAM_PERMALINK = place("Instagram", "CD.media.permalink");

	/**
	 * The attachments. Each line has the shape and the type of the attachment, the
	 * platform, the place, and possibly the place of a twin: where the twin is, this
	 * place does not count.
	 */
	static final List<Medium> MEDIA = media(
			"""
					NAMED    | OTHER    | Messenger, Instagram                               | CD.message.attachments[]
					NAMED    | OTHER    | Instagram, what is sent                            | CD.message.message.attachments[]
					NAMED    | OTHER    | Instagram, what is sent                            | CD.message.message.attachment
					MESSAGE  | OTHER    | Live chat                                          | CD.message
					FILE     | IMAGE    | WhatsApp, TikTok                                   | CD.message.image
					FILE     | IMAGE    | WhatsApp, edited                                   | CD.message.edit.message.image
					FILE     | VIDEO    | WhatsApp, edited                                   | CD.message.edit.message.video
					FILE     | DOCUMENT | WhatsApp, edited                                   | CD.message.edit.message.document
					FILE     | IMAGE    | Telegram, in several sizes; a path in what is sent | CD.message.photo
					FILE     | VOICE    | WhatsApp, which was spoken                         | CD.message.audio[voice=true]
					FILE     | AUDIO    | WhatsApp, Telegram                                 | CD.message.audio
					FILE     | VOICE    | WhatsApp, Telegram                                 | CD.message.voice
					FILE     | VIDEO    | WhatsApp, Telegram                                 | CD.message.video
					FILE     | VIDEO    | Telegram, in a circle                              | CD.message.video_note
					FILE     | VIDEO    | Telegram, without sound                            | CD.message.animation
					FILE     | DOCUMENT | WhatsApp, Telegram                                 | CD.message.document                                | CD.message.animation
					FILE     | STICKER  | WhatsApp, Telegram                                 | CD.message.sticker
					FILE     | STORY    | Telegram, forwarded                                | CD.message.story
					FILE     | POST     | TikTok, shared                                     | CD.message.share_post
					FILE     | IMAGE    | Telegram, paid                                     | CD.message.paid_media.paid_media[type=photo].photo
					FILE     | VIDEO    | Telegram, paid                                     | CD.message.paid_media.paid_media[type=video].video
					FILE     | OTHER    | Telegram, to be paid                               | CD.message.paid_media.paid_media[type=preview]
					LOCATION | LOCATION | Telegram                                           | CD.message.venue
					LOCATION | LOCATION | WhatsApp, Telegram                                 | CD.message.location                                | CD.message.venue
					CONTACT  | CONTACT  | Telegram                                           | CD.message.contact
					CONTACT  | CONTACT  | WhatsApp                                           | CD.message.contacts[]
					""");

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

	private static List<Place> places(String table) {
		return rows(table).map((row) -> place(row[0], row[1])).toList();
	}

	private static List<Medium> media(String table) {
		return rows(table)
			.map((row) -> new Medium(Shape.valueOf(row[0]), AttachmentType.valueOf(row[1]), place(row[2], row[3]),
					(row.length > 4) ? place(row[2], row[4]) : null))
			.toList();
	}

	private static Stream<String[]> rows(String table) {
		return table.lines().map((line) -> line.split("\\s*\\|\\s*"));
	}

}
