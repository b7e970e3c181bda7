package io.pulsehook.event;

import java.time.Instant;

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
		assertThat(contact.variable("Phone")).isEqualTo("380");
		assertThat(contact.variable("n")).isEqualTo("1.50");
		assertThat(contact.variable("b")).isEqualTo("true");
		assertThat(contact.variable("o")).isNull();
		assertThat(contact.variable("z")).isNull();
		assertThat(contact.variable("phone")).isNull();
		assertThat(contact.phone()).as("not the contact's own").isNull();
		assertThat(contact.name()).isNull();
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
		assertThat(contact.variable("name of variable")).isEqualTo("value");
		assertThat(contact.variable("телефон")).isEqualTo("5");
		assertThat(contact.id()).isEqualTo("c1");
		assertThat(contact.email()).isEqualTo("a@b.c");
		assertThat(contact.phone()).isNull();
	}

	@Test
	void variablesOfAFlowMayBeNamedLikeTheStructuresOfAContact() {
		Contact contact = Json.contact("{'operator':'Ann','variables':'some','color':'red'}");
		assertThat(contact.variable("operator")).isEqualTo("Ann");
		assertThat(contact.variable("variables")).isEqualTo("some");
		assertThat(contact.variable("color")).isEqualTo("red");
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
