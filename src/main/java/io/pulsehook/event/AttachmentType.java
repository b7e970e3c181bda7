package io.pulsehook.event;

/**
 * What an attachment is.
 */
public enum AttachmentType {

	/**
	 * A picture.
	 */
	IMAGE,

	/**
	 * A video.
	 */
	VIDEO,

	/**
	 * A sound file.
	 */
	AUDIO,

	/**
	 * A voice message.
	 */
	VOICE,

	/**
	 * A file of any kind.
	 */
	DOCUMENT,

	/**
	 * A sticker.
	 */
	STICKER,

	/**
	 * A place, see {@link Attachment#coordinates()}.
	 */
	LOCATION,

	/**
	 * A shared contact, see {@link Attachment#raw()}.
	 */
	CONTACT,

	/**
	 * A reel of Instagram.
	 */
	REEL,

	/**
	 * A post of Instagram.
	 */
	POST,

	/**
	 * A story of Instagram.
	 */
	STORY,

	/**
	 * Something shared, of a kind that the platform does not name.
	 */
	SHARE,

	/**
	 * Anything else, see {@link Attachment#raw()}.
	 */
	OTHER

}
