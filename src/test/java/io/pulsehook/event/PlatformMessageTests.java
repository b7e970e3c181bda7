package io.pulsehook.event;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the types of messages that each platform publishes: the text, what is
 * answered, and the media.
 */
class PlatformMessageTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					text             | {'type':'text','text':{'body':'hi','preview_url':false}}                                                        | hi    | -     | -
					text that answers | {'type':'text','context':{'from':'1','id':'wamid.1'},'text':{'body':'hi'}}                                     | hi    | m wamid.1 | -
					forwarded        | {'type':'text','context':{'forwarded':true},'text':{'body':'hi'}}                                               | hi    | -     | -
					about a product  | {'type':'text','context':{'id':'wamid.1','referred_product':{'catalog_id':'1'}},'text':{'body':'hi'}}           | hi    | m wamid.1 | -
					image            | {'type':'image','image':{'id':'1','mime_type':'image/jpeg','sha256':'x','caption':'c','url':'https://u'}}       | -     | -     | IMAGE id=1 url=https://u caption=c
					audio            | {'type':'audio','audio':{'id':'1','mime_type':'audio/mp3','voice':false}}                                       | -     | -     | AUDIO id=1
					voice            | {'type':'audio','audio':{'id':'1','mime_type':'audio/ogg; codecs=opus','voice':true}}                           | -     | -     | VOICE id=1
					voice of before  | {'type':'voice','voice':{'id':'1'}}                                                                             | -     | -     | VOICE id=1
					video            | {'type':'video','video':{'id':'1','caption':'c'}}                                                               | -     | -     | VIDEO id=1 caption=c
					document         | {'type':'document','document':{'id':'1','filename':'f.pdf','caption':'c'}}                                      | -     | -     | DOCUMENT id=1 caption=c name=f.pdf
					sticker          | {'type':'sticker','sticker':{'id':'1','animated':true}}                                                         | -     | -     | STICKER id=1
					location         | {'type':'location','location':{'latitude':50.5,'longitude':30.5,'name':'Home','address':'Street 1','url':'https://u'}} | - | - | LOCATION url=https://u caption=Home at=50.5,30.5
					contacts         | {'type':'contacts','contacts':[{'name':{'formatted_name':'Ann'}},{'name':{'formatted_name':'Bob'}}]}            | -     | -     | CONTACT; CONTACT
					template button  | {'type':'button','context':{'id':'wamid.1'},'button':{'text':'Yes','payload':'p'}}                              | Yes   | m wamid.1 | -
					button reply     | {'type':'interactive','context':{'id':'wamid.1'},'interactive':{'type':'button_reply','button_reply':{'id':'eyJ4Ijox','title':'Yes'}}} | Yes | m wamid.1 | -
					list reply       | {'type':'interactive','context':{'id':'wamid.1'},'interactive':{'type':'list_reply','list_reply':{'id':'eyJ4Ijox','title':'Row','description':'d'}}} | Row | m wamid.1 | -
					form             | {'type':'interactive','context':{'id':'wamid.1'},'interactive':{'type':'nfm_reply','nfm_reply':{'name':'flow','body':'Sent','response_json':'{}'}}} | Sent | m wamid.1 | -
					leave to call    | {'type':'interactive','interactive':{'type':'call_permission_reply','call_permission_reply':{'response':'accept'}}} | - | - | -
					order            | {'type':'order','order':{'catalog_id':'1','text':'soon please','product_items':[{'product_retailer_id':'2'}]}}  | soon please | - | -
					order without text | {'type':'order','order':{'catalog_id':'1','product_items':[]}}                                                | -     | -     | -
					reaction         | {'type':'reaction','reaction':{'message_id':'wamid.1','emoji':'x'}}                                             | -     | m wamid.1 | -
					reaction undone  | {'type':'reaction','reaction':{'message_id':'wamid.1'}}                                                         | -     | m wamid.1 | -
					system           | {'type':'system','system':{'body':'User changed from 1 to 2','wa_id':'2','type':'user_changed_number'}}         | -     | -     | -
					unsupported      | {'type':'unsupported','errors':[{'code':131051,'title':'Unsupported message type'}]}                            | -     | -     | -
					unknown          | {'type':'unknown','errors':[{'code':131051}]}                                                                   | -     | -     | -
					opened chat      | {'type':'request_welcome'}                                                                                      | -     | -     | -
					edited           | {'type':'edit','edit':{'original_message_id':'wamid.1','message':{'type':'text','text':{'body':'hi'}}}}         | hi    | -     | -
					edited image     | {'type':'edit','edit':{'original_message_id':'w','message':{'context':{'id':'wamid.1'},'image':{'id':'1','caption':'c'}}}} | - | m wamid.1 | IMAGE id=1 caption=c
					withdrawn        | {'type':'revoke','revoke':{'original_message_id':'wamid.1'}}                                                    | -     | -     | -
					""")
	void whatsApp(String type, String message, @Nullable String text, @Nullable String answers,
			@Nullable String media) {
		check("whatsapp", "{'message':" + message.replaceFirst("^\\{", "{'id':'wamid.own',") + "}", "wamid.own", text,
				answers, media);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					text             | {'text':'hi','entities':[{'type':'bold'}]}                                                     | hi    | -     | -
					reply            | {'text':'hi','reply_to_message':{'message_id':4,'text':'before','photo':[{'file_id':'x'}]}}     | hi    | m 4   | -
					reply with quote | {'text':'hi','reply_to_message':{'message_id':4},'quote':{'text':'bef','position':0}}           | hi    | m 4   | -
					reply elsewhere  | {'text':'hi','external_reply':{'message_id':4,'chat':{'id':1}}}                                 | hi    | m 4   | -
					reply to a story | {'text':'hi','reply_to_story':{'chat':{'id':1},'id':9}}                                         | hi    | i 9   | -
					animation        | {'animation':{'file_id':'1','mime_type':'video/mp4'},'document':{'file_id':'1'},'caption':'c'}  | -     | -     | VIDEO id=1 caption=c
					audio            | {'audio':{'file_id':'1','file_name':'f.mp3'},'caption':'c'}                                     | -     | -     | AUDIO id=1 caption=c name=f.mp3
					document         | {'document':{'file_id':'1','file_name':'f.pdf'}}                                                | -     | -     | DOCUMENT id=1 name=f.pdf
					photo            | {'photo':[{'file_id':'s','width':90},{'file_id':'l','width':800}],'caption':'c'}                | -     | -     | IMAGE id=l caption=c
					sticker          | {'sticker':{'file_id':'1','emoji':'x'}}                                                         | -     | -     | STICKER id=1
					story            | {'story':{'chat':{'id':1},'id':9}}                                                              | -     | -     | STORY id=9
					video            | {'video':{'file_id':'1','cover':[{'file_id':'no'}]},'caption':'c'}                              | -     | -     | VIDEO id=1 caption=c
					video note       | {'video_note':{'file_id':'1','length':240}}                                                     | -     | -     | VIDEO id=1
					voice            | {'voice':{'file_id':'1'},'caption':'c'}                                                         | -     | -     | VOICE id=1 caption=c
					paid media       | {'paid_media':{'star_count':5,'paid_media':[{'type':'preview','width':1},{'type':'photo','photo':[{'file_id':'s','width':1},{'file_id':'l','width':2}]},{'type':'video','video':{'file_id':'v'}}]}} | - | - | IMAGE id=l; VIDEO id=v; OTHER
					contact          | {'contact':{'phone_number':'380','first_name':'Ann'}}                                           | -     | -     | CONTACT
					location         | {'location':{'latitude':50.5,'longitude':30.5,'live_period':60}}                                | -     | -     | LOCATION at=50.5,30.5
					venue            | {'venue':{'location':{'latitude':50.5,'longitude':30.5},'title':'Cafe','address':'Street 1'},'location':{'latitude':50.5,'longitude':30.5}} | - | - | LOCATION caption=Cafe at=50.5,30.5
					dice             | {'dice':{'emoji':'x','value':4}}                                                                | -     | -     | -
					game             | {'game':{'title':'G','description':'d','photo':[{'file_id':'1'}],'text':'t'}}                   | -     | -     | -
					poll             | {'poll':{'id':'1','question':'Which?','options':[{'text':'a'}]}}                                | -     | -     | -
					checklist        | {'checklist':{'title':'To do','tasks':[{'id':1,'text':'a'}]}}                                   | -     | -     | -
					new members      | {'new_chat_members':[{'id':1}]}                                                                 | -     | -     | -
					left member      | {'left_chat_member':{'id':1}}                                                                   | -     | -     | -
					new title        | {'new_chat_title':'Us'}                                                                         | -     | -     | -
					new chat photo   | {'new_chat_photo':[{'file_id':'1'}]}                                                            | -     | -     | -
					pinned           | {'pinned_message':{'message_id':4,'text':'before'}}                                             | -     | -     | -
					invoice          | {'invoice':{'title':'t','description':'d','total_amount':1}}                                    | -     | -     | -
					payment          | {'successful_payment':{'total_amount':1,'currency':'XTR'}}                                      | -     | -     | -
					data of an app   | {'web_app_data':{'data':'d','button_text':'b'}}                                                 | -     | -     | -
					giveaway         | {'giveaway':{'winner_count':1}}                                                                 | -     | -     | -
					gift             | {'gift':{'gift':{'id':'1'},'text':'for you'}}                                                   | -     | -     | -
					shared users     | {'users_shared':{'request_id':1,'users':[{'user_id':1}]}}                                       | -     | -     | -
					""")
	void telegram(String type, String message, @Nullable String text, @Nullable String answers,
			@Nullable String media) {
		check("telegram", "{'message':" + message.replaceFirst("^\\{", "{'message_id':7,") + "}", "7", text, answers,
				media);
		check("viber", "{'message':" + message.replaceFirst("^\\{", "{'message_id':7,") + "}", "7", text, answers,
				media);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					text             | {'text':'hi'}                                                                                    | hi   | -     | -
					quick reply      | {'text':'hi','quick_reply':{'payload':'p'}}                                                      | hi   | -     | -
					reply            | {'text':'hi','reply_to':{'mid':'m_1','is_self_reply':false}}                                     | hi   | m m_1 | -
					reply to a story | {'text':'hi','reply_to':{'story':{'id':'9','url':'https://s'}}}                                  | hi   | i 9 https://s | -
					image            | {'attachments':[{'type':'image','payload':{'url':'https://u'}}]}                                 | -    | -     | IMAGE url=https://u
					sticker          | {'attachments':[{'type':'image','payload':{'url':'https://u','sticker_id':369239263222822}}]}    | -    | -     | IMAGE url=https://u
					text and images  | {'text':'hi','attachments':[{'type':'image','payload':{'url':'https://u'}},{'type':'image','payload':{'url':'https://v'}}]} | hi | - | IMAGE url=https://u; IMAGE url=https://v
					video            | {'attachments':[{'type':'video','payload':{'url':'https://u'}}]}                                 | -    | -     | VIDEO url=https://u
					audio            | {'attachments':[{'type':'audio','payload':{'url':'https://u'}}]}                                 | -    | -     | AUDIO url=https://u
					file             | {'attachments':[{'type':'file','payload':{'url':'https://u'}}]}                                  | -    | -     | DOCUMENT url=https://u
					location         | {'attachments':[{'type':'location','title':'Home','url':'https://u','payload':{'coordinates':{'lat':50.5,'long':30.5}}}]} | - | - | LOCATION url=https://u caption=Home at=50.5,30.5
					fallback         | {'text':'https://u','attachments':[{'type':'fallback','title':'Page','url':'https://u','payload':null}]} | https://u | - | SHARE url=https://u caption=Page
					fallback inside  | {'attachments':[{'type':'fallback','payload':{'title':'Page','url':'https://u'}}]}               | -    | -     | SHARE url=https://u caption=Page
					cards            | {'is_echo':false,'attachments':[{'type':'template','payload':{'template_type':'generic','elements':[{'title':'a'},{'title':'b'}]}}]} | `a\nb` | - | -
					products         | {'attachments':[{'type':'template','payload':{'product':{'elements':[{'id':'1','title':'Shoe'}]}}}]} | Shoe | - | -
					buttons          | {'attachments':[{'type':'template','payload':{'template_type':'button','text':'Which?','buttons':[]}}]} | Which? | - | -
					share            | {'attachments':[{'type':'share','payload':{'url':'https://u'}}]}                                 | -    | -     | SHARE url=https://u
					reel             | {'attachments':[{'type':'ig_reel','payload':{'reel_video_id':'5','title':'t','url':'https://u'}}]} | -  | -     | REEL id=5 url=https://u caption=t
					reel of Facebook | {'attachments':[{'type':'reel','payload':{'url':'https://u'}}]}                                  | -    | -     | REEL url=https://u
					post and share   | {'attachments':[{'type':'share','payload':{'url':'https://u'}},{'type':'ig_post','payload':{'ig_post_media_id':'5','title':'t','url':'https://u'}}]} | - | - | POST id=5 url=https://u caption=t
					story            | {'attachments':[{'type':'ig_story','payload':{'url':'https://u'}}]}                              | -    | -     | STORY url=https://u
					mention          | {'attachments':[{'type':'story_mention','payload':{'url':'https://u'}}]}                         | -    | -     | STORY url=https://u
					heart            | {'attachments':[{'type':'like_heart','payload':{'url':'https://u'}}]}                            | -    | -     | STICKER url=https://u
					moving picture   | {'attachments':[{'type':'animated_image_share','payload':{'url':'https://u'}}]}                  | -    | -     | IMAGE url=https://u
					ephemeral        | {'attachments':[{'type':'ephemeral'}]}                                                           | -    | -     | OTHER
					deleted          | {'is_deleted':true}                                                                              | -    | -     | -
					unsupported      | {'is_unsupported':true}                                                                          | -    | -     | -
					""")
	void messengerAndInstagram(String type, String message, @Nullable String text, @Nullable String answers,
			@Nullable String media) {
		String channelData = "{'message':" + message.replaceFirst("^\\{", "{'mid':'m_own',") + "}";
		String expected = (text != null) ? text.replace("\\n", "\n") : null;
		check("messenger", channelData, "m_own", expected, answers, media);
		check("instagram", channelData, "m_own", expected, answers, media);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					postback         | messenger | {'postback':{'mid':'m_own','title':'Get started','payload':'START'}}                     | m_own | Get started | -     | -
					postback         | instagram | {'postback':{'title':'Get started','payload':'START','referral':{'ref':'r'}}}            | -     | Get started | -     | -
					reaction         | messenger | {'reaction':{'reaction':'love','emoji':'x','action':'react','mid':'m_1'}}                | -     | -           | m m_1 | -
					reaction         | instagram | {'reaction':{'action':'unreact','mid':'m_1'}}                                            | -     | -           | m m_1 | -
					referral alone   | messenger | {'referral':{'ref':'r','source':'SHORTLINK'}}                                            | -     | older       | -     | -
					text             | tiktok    | {'message':{'text':'hi','message_id':'t1'}}                                              | t1    | hi          | -     | -
					text             | tiktok    | {'message':{'text':{'body':'hi'},'message_id':'t1'}}                                     | t1    | hi          | -     | -
					image            | tiktok    | {'message':{'type':'image','image':{'media_id':'5'}}}                                    | -     | -           | -     | IMAGE id=5
					shared post      | tiktok    | {'message':{'type':'share_post','share_post':{'item_id':'5','embed_url':'https://u'}}}   | -     | -           | -     | POST id=5 url=https://u
					text             | livechat  | {'message':{'type':'text','text':{'text':'hi'}},'message_id':'l1'}                       | l1    | hi          | -     | -
					text             | live_chat | {'message':{'text':'hi'}}                                                                | -     | hi          | -     | -
					file             | live_chat | {'message':{'type':'file','url':'/f/a.pdf','name':'a.pdf'}}                              | -     | -           | -     | DOCUMENT url=/f/a.pdf name=a.pdf
					picture          | livechat  | {'message':{'type':'image','url':'/f/a.png'}}                                            | -     | -           | -     | IMAGE url=/f/a.png
					picture and text | livechat  | {'message':{'type':'image','url':'/f/a.png','text':{'text':'hi'}}}                       | -     | hi          | -     | IMAGE url=/f/a.png
					""")
	void restOfTheChannels(String type, String service, String channelData, @Nullable String id, @Nullable String text,
			@Nullable String answers, @Nullable String media) {
		check(service, channelData, id, text, answers, media);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-",
			textBlock = """
					WhatsApp text       | {'message':{'type':'text','text':{'body':'hi'},'context':{'message_id':'wamid.1'}}}                                 | hi | m wamid.1 | -
					WhatsApp buttons    | {'message':{'type':'interactive','interactive':{'type':'button','body':{'text':'hi'},'action':{}}}}                  | hi | -         | -
					WhatsApp template   | {'message':{'type':'template','template':{'name':'welcome','language':{'code':'en'}}}}                               | -  | -         | -
					WhatsApp image      | {'message':{'type':'image','image':{'link':'https://u','caption':'c'}}}                                              | -  | -         | IMAGE url=https://u caption=c
					Telegram answer     | {'message':{'text':'hi','reply_to_message_id':4}}                                                                    | hi | m 4       | -
					Telegram answer     | {'message':{'text':'hi','reply_parameters':{'message_id':4}}}                                                        | hi | m 4       | -
					Telegram photo      | {'message':{'photo':'bots/1/a.png','caption':'c'}}                                                                   | -  | -         | IMAGE url=bots/1/a.png caption=c
					Instagram text      | {'message':{'recipient':{'id':1},'message':{'text':'hi'}}}                                                           | hi | -         | -
					Instagram cards     | {'message':{'message':{'attachment':{'type':'template','payload':{'elements':[{'title':'hi'}]}}}}}                   | hi | -         | -
					Instagram buttons   | {'message':{'message':{'attachment':{'type':'template','payload':{'template_type':'button','text':'hi'}}}}}          | hi | -         | -
					Instagram image     | {'message':{'message':{'attachment':{'type':'image','payload':{'url':'https://u'}}}}}                                | -  | -         | IMAGE url=https://u
					Live chat file      | {'message':{'type':'file','url':'/f/a.pdf'}}                                                                         | -  | -         | DOCUMENT url=/f/a.pdf
					""")
	void whatIsSent(String type, String channelData, @Nullable String text, @Nullable String answers,
			@Nullable String media) {
		checkParts(Json.outgoing(channelData, "{'last_message':'https://client'}"), null, text, answers, media);
	}

	private static void check(String service, String channelData, @Nullable String id, @Nullable String text,
			@Nullable String answers, @Nullable String media) {
		String older = (media != null) ? "null" : "{'last_message':'older'}";
		checkParts(Json.event(IncomingMessage.class, """
				{'title':'incoming_message','service':'%s','contact':%s,'info':{'message':{'channel_data':%s}}}"""
			.formatted(service, older, channelData)), id, text, answers, media);
	}

	private static void checkParts(MessageEvent event, @Nullable String id, @Nullable String text,
			@Nullable String answers, @Nullable String media) {
		assertThat(event.messageId()).as("id").isEqualTo(id);
		assertThat(event.text()).as("text").isEqualTo(text);
		assertThat(answered(event)).as("what it answers").isEqualTo(answers);
		assertThat(media(event)).as("media").isEqualTo((media != null) ? media : "");
		assertThat(event.message().attachments()).isEqualTo(event.attachments());
	}

	private static @Nullable String answered(MessageEvent event) {
		ReplyTo replyTo = event.replyTo();
		if (replyTo == null) {
			return null;
		}
		String story = "i " + replyTo.storyId() + ((replyTo.storyUrl() != null) ? " " + replyTo.storyUrl() : "");
		return (replyTo.messageId() != null) ? "m " + replyTo.messageId() : story;
	}

	private static String media(MessageEvent event) {
		return event.attachments().stream().map(PlatformMessageTests::words).collect(Collectors.joining("; "));
	}

	private static String words(Attachment attachment) {
		List<String> words = new ArrayList<>(List.of(attachment.type().name()));
		add(words, "id", attachment.id());
		add(words, "url", attachment.url());
		add(words, "caption", attachment.caption());
		add(words, "name", attachment.fileName());
		Coordinates place = attachment.coordinates();
		add(words, "at", (place != null) ? place.latitude() + "," + place.longitude() : null);
		return String.join(" ", words);
	}

	private static void add(List<String> words, String name, @Nullable String value) {
		if (value != null) {
			words.add(name + "=" + value);
		}
	}

}
