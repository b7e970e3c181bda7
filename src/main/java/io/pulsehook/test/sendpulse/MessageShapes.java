package io.pulsehook.test.sendpulse;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.pulsehook.event.Channel;

/**
 * What each channel takes as a message.
 */
final class MessageShapes {

	private static final String TELEGRAM_MARKUP = """
			'parse_mode':'string', 'message_effect_id':'string',
			'reply_markup':{'inline_keyboard!':[[{'text!':'text', 'type?':{
				'web_url':{'url':'url', 'web_app':{'url!':'url'}, 'or':'url|web_app'},
				'postback':{'data!':{'to_chain_id!':'string'}}}}]]}
			""";

	private static final String TELEGRAM = """
			{'contact_id!':'string', 'message!':{'type?':{
				'text':{'text!':'text', %1$s},
				'photo':{'photo!':'url', 'caption':'string', %1$s},
				'audio':{'audio!':'url', 'caption':'string', %1$s},
				'voice':{'voice!':'url', 'caption':'string', %1$s},
				'document':{'document!':'url', 'caption':'string', %1$s},
				'video':{'video!':'url', 'caption':'string', %1$s},
				'carousel':{'carousel!':[{'title':'string', 'description':'string', 'text':'string', 'photo':'url', %1$s}]},
				'action':{'action!':'string'}}}}
			"""
		.formatted(TELEGRAM_MARKUP);

	private static final String WHATSAPP = """
			{'contact_id!':'string', 'message!':{'type?':{
				'text':{'text!':{'body!':'text'}},
				'image':{'image!':{'link!':'url', 'caption':'string'}},
				'document':{'document!':{'link!':'url', 'caption':'string', 'filename':'string'}},
				'audio':{'audio!':{'link!':'url', 'voice':'boolean'}},
				'interactive':{'interactive!':{'type!':'=button', 'body!':{'text!':'text'}, 'action!':{'buttons!':[
					{'type!':'=reply', 'to_chain_id':'string', 'reply!':{'title!':'text'}}]}}},
				'reaction':{'reaction!':{'message_id!':'string', 'emoji!':'string'}}}}}
			""";

	private static final String META_BUTTONS = """
			'buttons':[{'title!':'text', 'type?':{
				'web_url':{'url!':'url'},
				'postback':{'data!':{'%s!':'string'}}}}]
			""";

	private static final String INSTAGRAM = """
			{'contact_id!':'string', 'messages!':[{'type?':{
				'text':{'message!':{'text!':'text'}},
				'image':{'message!':{'attachment!':{'type!':'=image',
					'payload!':{'url!':'url', 'is_external_attachment':'boolean'}}}},
				'generic_template':{'message!':{'attachment!':{'payload!':{'elements!':[
					{'title!':'text', 'subtitle':'string', 'image_url':'url', 'is_external_attachment':'boolean', %s}]}}}}}}]}
			"""
		.formatted(META_BUTTONS.formatted("to_chain_id"));

	private static final String MESSENGER = """
			{'contact_id!':'string', 'message!':{'type!':'=UPDATE|RESPONSE|MESSAGE_TAG',
				'tag':'=HUMAN_AGENT|CUSTOMER_FEEDBACK', 'content_type?':{
				'message':{'text!':'text'},
				'media_img':{'img!':'url'},
				'media_file':{'file!':'url'},
				'template':{'data!':{'attachment!':{'type!':'=template',
					'payload!':{'template_type!':'=generic', 'elements!':[
					{'title!':'text', 'subtitle':'string', 'image_url':'url', %s}]}}}}}}}
			""".formatted(META_BUTTONS.formatted("chain"));

	private static final String BUTTONS = """
			'buttons':[[{'text!':'text', 'type?':{
				'web_url':{'url!':'url'},
				'postback':{'to_chain_id!':'string'}}}]]
			""";

	private static final String VIBER = """
			{'contact_id!':'string', 'messages!':[{'type?':{
				'text':{'text!':{'text!':'text', %1$s}},
				'image':{'image!':{'file!':{'path!':'url', 'is_path_absolute':'boolean'}}},
				'generic_template':{'generic_template!':[{'title!':'text', 'subtitle':'string',
					'image':{'path!':'url', 'is_path_absolute':'boolean'}, %1$s}]}}}]}
			""".formatted(BUTTONS);

	private static final String LIVE_CHAT = """
			{'contact_id!':'string', 'messages!':[{'type?':{
				'text':{'text!':{'text!':'text', %1$s}},
				'image':{'image!':{'file!':{'path!':'url'}, %1$s}},
				'document':{'document!':{'file!':{'path!':'url'}, %1$s}}}}]}
			""".formatted(BUTTONS);

	private static final String TIKTOK = """
			{'contact_id!':'string', 'messages!':[{'type?':{
				'text':{'text!':{'text!':'text', %s}}}}]}
			""".formatted(BUTTONS);

	private static final Map<Channel, Shape> SHAPES = Map.of(Channel.TELEGRAM, Shape.of(TELEGRAM), Channel.WHATSAPP,
			Shape.of(WHATSAPP), Channel.INSTAGRAM, Shape.of(INSTAGRAM), Channel.MESSENGER, Shape.of(MESSENGER),
			Channel.VIBER, Shape.of(VIBER), Channel.LIVECHAT, Shape.of(LIVE_CHAT), Channel.TIKTOK, Shape.of(TIKTOK));

	private MessageShapes() {
	}

	static @Nullable Shape of(Channel channel) {
		return SHAPES.get(channel);
	}

}
