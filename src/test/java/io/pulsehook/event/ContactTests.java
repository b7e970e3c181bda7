package io.pulsehook.event;

import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Contact} and {@link Bot}.
 */
class ContactTests {

	@Test
	void variablesAreRead() {
		Contact contact = Json.contact("{'variables':{'Phone':'380','name':'V P','n':1.50,'b':true,'o':{},'z':null}}");
		assertThat(contact.variables().keySet()).containsExactly("Phone", "name", "n", "b", "o", "z");
		assertThat(contact.variable("Phone")).isEqualTo(new ContactVariable("Phone", "380"));
		assertThat(contact.variable("n").text()).isEqualTo("1.50");
		assertThat(contact.variable("b").text()).isEqualTo("true");
		assertThat(contact.variable("o").text()).isNull();
		assertThat(contact.variable("z").text()).isNull();
		assertThat(contact.variable("missing")).isEqualTo(new ContactVariable("missing", null));
		assertThat(contact.name()).isNull();
	}

	@Test
	void variablesAreFoundInAnyCase() {
		Contact contact = Json.contact("{'variables':{'AGE':1,'Age':2,'ТЕЛЕФОН':3}}");
		assertThat(contact.variable("age")).isEqualTo(new ContactVariable("AGE", "1"));
		assertThat(contact.variable("Age")).isEqualTo(new ContactVariable("Age", "2"));
		assertThat(contact.variable("телефон").text()).isEqualTo("3");
	}

	@Test
	void variablesAreReadAsWhatTheirAuthorMeant() {
		Contact contact = Json.contact("""
				{'variables':{'age':' 43 ','born':'1982-02-25','vip':'TRUE','tel':' +38 (063) 456-22-8 ',
				'mail':' Ann@Example.com ','site':'https://a.b','at':'2022-02-25 14:47','time':'9:05'}}""");
		assertThat(contact.variable("age").number()).isEqualByComparingTo("43");
		assertThat(contact.variable("born").date()).isEqualTo("1982-02-25");
		assertThat(contact.variable("vip").bool()).isTrue();
		assertThat(contact.variable("tel").phone()).isEqualTo("+38 (063) 456-22-8");
		assertThat(contact.variable("mail").email()).isEqualTo("ann@example.com");
		assertThat(contact.variable("site").url()).isEqualTo(URI.create("https://a.b"));
		assertThat(contact.variable("at").dateTime()).isEqualTo("2022-02-25T14:47");
		assertThat(contact.variable("time").time()).isEqualTo("09:05");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{}", "{'variables':{'x':null}}", "{'variables':{'x':''}}", "{'variables':{'x':' some text '}}",
					"{'variables':{'x':'{{phone}}'}}", "{'variables':{'x':{'y':1}}}", "{'variables':{'x':'a @'}}" })
	void variablesThatAreNoSuchValueAreReadAsNull(String contact) {
		ContactVariable variable = Json.contact(contact).variable("x");
		assertThat(variable)
			.extracting(ContactVariable::number, ContactVariable::date, ContactVariable::bool, ContactVariable::phone,
					ContactVariable::email, ContactVariable::url, ContactVariable::dateTime, ContactVariable::time)
			.containsOnlyNulls();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "{},,", "{'variables':{'Phone':380;'EMAIL':' A@b.c '}},380,a@b.c",
					"{'phone':'1';'email':'o@b.c';'variables':{'phone':'2';'email':'v@b.c'}},1,o@b.c",
					"{'phone':'{{phone}}';'email':'{{ email }}';'variables':{'phone':'2';'email':'v@b.c'}},2,v@b.c",
					"{'phone':'{{phone}}';'variables':{'phone':'{{phone}}'}},,",
					"{'phone':' ';'email':null;'PHONE':'3';'eMail':'v@b.c'},3,v@b.c",
					"{'variables':{'phone':'none yet';'email':'none yet'}},," })
	void phoneAndEmailMayBeVariables(String contact, @Nullable String phone, @Nullable String email) {
		assertThat(Json.contact(contact.replace(';', ','))).extracting(Contact::phone, Contact::email)
			.containsExactly(phone, email);
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "{}", "[1,'x',{'name':'a','value':'b'},null]" })
	void variablesThatAreEmptyNullOrJunkAreNone(String variables) {
		assertThat(Json.contact("{'id':1,'is_chat_opened':true,'variables':" + variables + "}").variables()).isEmpty();
	}

	@Test
	void missingVariablesAreNone() {
		assertThat(Json.contact("{'id':1,'name':'a'}").variables()).isEmpty();
	}

	@Test
	void variablesOfAFlowLieInTheContactUnderAnyName() {
		Contact contact = Json.contact("""
				{'name of variable':'value','id':'c1','Phone':'380','Email':null,'email':'a@b.c','телефон':5,'':'e',
				'first':{'x':1}}""");
		assertThat(contact.variables().keySet()).containsExactly("name of variable", "Phone", "Email", "телефон", "",
				"first");
		assertThat(contact.variable("name of variable").text()).isEqualTo("value");
		assertThat(contact.variable("телефон").text()).isEqualTo("5");
		assertThat(contact.id()).isEqualTo("c1");
		assertThat(contact.email()).isEqualTo("a@b.c");
		assertThat(contact.phone()).isEqualTo("380");
	}

	@Test
	void variablesOfAFlowMayBeNamedLikeTheStructuresOfAContact() {
		Contact contact = Json.contact("{'operator':'Ann','variables':'some','color':'red'}");
		assertThat(contact.variable("operator").text()).isEqualTo("Ann");
		assertThat(contact.variable("variables").text()).isEqualTo("some");
		assertThat(contact.variable("color").text()).isEqualTo("red");
		assertThat(contact.operator()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "7,7", "2147483648,2147483648", "9007199254740993,9007199254740993",
			"123456789012345678901234567890,123456789012345678901234567890", "'\"abc\"',abc", "'\"7\"',7" })
	void idsAreNumbersOrStrings(String json, String id) {
		FlowWebhook event = Json.event(FlowWebhook.class,
				"{'title':'x','bot':{'id':%1$s,'external_id':%1$s},'contact':{'id':%1$s,'telegram_id':%1$s,'user_id':%1$s}}"
					.formatted(json));
		assertThat(event.bot()).isEqualTo(new Bot(id, id, null, null, null));
		assertThat(event.contact()).extracting(Contact::id, Contact::telegramId, Contact::userId)
			.containsExactly(id, id, id);
	}

	@Test
	void undocumentedFieldsAreRead() {
		Contact contact = Json.contact("""
				{'email':'a@b.c','phone':380,'telegram_id':5000000000,'user_id':6,'profile_pic':'https://p',
				'last_message_data':{'message':{'text':'hi'}},'last_message':null,'photo':null,'variables':[]}""");
		assertThat(contact.email()).isEqualTo("a@b.c");
		assertThat(contact.phone()).isEqualTo("380");
		assertThat(contact.telegramId()).isEqualTo("5000000000");
		assertThat(contact.userId()).isEqualTo("6");
		assertThat(contact.profilePic()).isEqualTo("https://p");
		assertThat(contact.lastMessageData()).hasToString("{\"message\":{\"text\":\"hi\"}}");
		assertThat(contact.lastMessage()).isNull();
		assertThat(contact.photo()).isNull();
		assertThat(Json.contact("{'last_message_data':null}").lastMessageData()).isNull();
	}

	@Test
	void tagsAreStringsOrObjects() {
		Contact contact = Json.contact("{'tags':['vip',{'id':3,'name':'new'},null,7,{'x':1}]}");
		assertThat(contact.tags()).extracting(Tag::name).containsExactly("vip", "new", "7", null);
		assertThat(contact.tags().get(1).raw().path("id").asString()).isEqualTo("3");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'tags':[]}", "{'tags':null}" })
	void tagsMayBeMissing(String contact) {
		assertThat(Json.contact(contact).tags()).isEmpty();
	}

	@Test
	void theOperatorIsAnObject() {
		Contact contact = Json.contact("""
				{'operator':{'username':'test dza','created_at':1723636543,'user_id':8356384,'avatar':null,
				'email':'o@b.c'}}""");
		assertThat(contact.operator()).isEqualTo(new Operator("8356384", "test dza", "o@b.c", null,
				Instant.parse("2024-08-14T11:55:43Z"), "1723636543"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{'operator':null}", "{'operator':[]}" })
	void theOperatorMayBeMissing(String contact) {
		assertThat(Json.contact(contact).operator()).isNull();
	}

	@Test
	void emptyArraysStandForMissingObjects() {
		FlowWebhook event = Json.event(FlowWebhook.class, "{'title':'x','bot':[],'contact':[]}");
		assertThat(event.bot()).isNull();
		assertThat(event.contact()).isNull();
	}

}
