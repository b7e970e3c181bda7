package io.pulsehook.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PaymentOrder} and {@link PaymentVariable}.
 */
class PaymentOrderTests {

	@ParameterizedTest
	@ValueSource(strings = { "{'order':{'id':'a','status':200}}", "{'order':[{'id':'a','status':200}]}",
			"{'event':'payment_order','order':{'id':'a','status':'200'}}",
			"{'event':'other','timestamp':1,'order':{'id':'a','status':200}}" })
	void anOrderIsAPaymentWithOrWithoutEventAndInAnArray(String json) {
		PaymentOrder payment = Json.event(PaymentOrder.class, json);
		assertThat(payment.id()).isEqualTo("a");
		assertThat(payment.statusCode()).isEqualTo("200");
		assertThat(payment.isPaid()).isTrue();
		assertThat(payment.variables()).isEmpty();
		assertThat(payment.rawUpdatedAt()).isNull();
	}

	@Test
	void idsMayBeNumbers() {
		PaymentOrder payment = Json.event(PaymentOrder.class,
				"{'order':{'id':9007199254740993,'status':100,'contactId':5000000000,'number':'1618'}}");
		assertThat(payment.id()).isEqualTo("9007199254740993");
		assertThat(payment.contactId()).isEqualTo("5000000000");
		assertThat(payment.number()).isEqualTo("1618");
		assertThat(payment.isPaid()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "2,UNKNOWN,16,UNKNOWN", "3,TELEGRAM,'\"6\"',STRIPE", "'\"400\"',CRM,12,CRYPTOMUS" })
	void codesOutsideTheTablesAreKept(String service, PaymentService expectedService, String method,
			PaymentMethod expectedMethod) {
		PaymentOrder payment = Json.payment(",'service':" + service + ",'paymentMethodType':" + method);
		assertThat(payment.service()).isEqualTo(expectedService);
		assertThat(payment.serviceCode()).isEqualTo(service.replace("\"", ""));
		assertThat(payment.method()).isEqualTo(expectedMethod);
		assertThat(payment.methodCode()).isEqualTo(method.replace("\"", ""));
	}

	@Test
	void anUnknownStatusIsKept() {
		PaymentOrder payment = Json.event(PaymentOrder.class, "{'order':{'id':'a','status':999}}");
		assertThat(payment.status()).isEqualTo(PaymentStatus.UNKNOWN);
		assertThat(payment.statusCode()).isEqualTo("999");
		assertThat(payment.isPaid()).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "1,ACTUAL,false", "2,TEST,true", "3,LIVE_TEST,true", "'\"3\"',LIVE_TEST,true", "9,UNKNOWN,false",
			"null,UNKNOWN,false" })
	void testsAreToldApart(String code, PaymentType type, boolean test) {
		PaymentOrder payment = Json.payment(",'type':" + code);
		assertThat(payment.type()).isEqualTo(type);
		assertThat(payment.isTest()).isEqualTo(test);
	}

	@ParameterizedTest
	@CsvSource({ "12,12", "12.50,12.50", "'\"12.50\"',12.50", "0.1,0.1",
			"123456789012345678.99,123456789012345678.99" })
	void theCostIsADecimal(String json, BigDecimal cost) {
		assertThat(Json.payment(",'totalCost':" + json).totalCost()).isEqualTo(cost);
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e2147483647", "99e2147483646", "0e2147483647", "1e-2147483647", "-9e2147483647",
			"0e-2147483647", "1e101", "1e-101", "1e999", "1e99999999999" })
	void aCostThatNobodyMeansIsNoneAndKeptAsText(String cost) {
		for (String json : List.of(cost, "'" + cost + "'")) {
			PaymentOrder payment = Json.payment(",'totalCost':" + json);
			assertThat(payment.totalCost()).isNull();
			assertThat(payment.rawTotalCost()).isEqualTo(cost);
			assertThat(payment.isPaid()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{'sum':12}", "[12]", "[]", "true", "'many'", "''", "'NaN'" })
	void aCostThatIsNoNumberIsKeptAsItIs(String json) {
		PaymentOrder payment = Json.payment(",'totalCost':" + json);
		assertThat(payment.totalCost()).isNull();
		assertThat(payment.rawTotalCost())
			.isEqualTo(json.startsWith("'") ? json.replace("'", "") : json.replace('\'', '"'));
	}

	@Test
	void aMissingCostLeavesNothing() {
		assertThat(Json.payment("").rawTotalCost()).isNull();
		assertThat(Json.payment(",'totalCost':null").rawTotalCost()).isNull();
	}

	@ParameterizedTest
	@EnumSource(PaymentStatus.class)
	void aPaymentIsPaidOrFailedOrReversedOrNoneOfThem(PaymentStatus status) {
		PaymentOrder payment = Json.event(PaymentOrder.class, "{'order':{'id':1,'status':'" + status.name() + "'}}");
		assertThat(List.of(payment.isPaid(), payment.isFailed(), payment.isReversed())).isEqualTo(switch (status) {
			case COMPLETED -> List.of(true, false, false);
			case CANCELED, DENIED, ABANDONED, PARTIALLY_RECEIVED, ERROR -> List.of(false, true, false);
			case RETURNED_BY_SELLER, RETURNED_BY_PAYMENT_SYSTEM -> List.of(false, false, true);
			default -> List.of(false, false, false);
		});
	}

	@ParameterizedTest
	@CsvSource({ "2022-02-11T14:47:14+00:00", "2022-02-11T14:47:14Z", "2022-02-11T16:47:14+02:00",
			"2022-02-11T14:47:14+0000", "2022-02-11T14:47:14.000+00:00", "1644590834" })
	void datesOfAnOrderAreInstants(String text) {
		PaymentOrder payment = Json.payment(",'updatedAt':'%1$s','createdAt':'%1$s'".formatted(text));
		assertThat(payment.updatedAt()).isEqualTo("2022-02-11T14:47:14Z");
		assertThat(payment.createdAt()).isEqualTo("2022-02-11T14:47:14Z");
		assertThat(payment.rawUpdatedAt()).isEqualTo(text);
		assertThat(payment.rawCreatedAt()).isEqualTo(text);
	}

	@ParameterizedTest
	@ValueSource(strings = { "'soon'", "''", "'2022-02-11 14:47:14'", "'2022-02-31T14:47:14Z'",
			"'+999999999-12-31T23:59:59Z'", "true", "{'date':'2022-02-11'}" })
	void anUnparsableDateIsKeptAsText(String json) {
		PaymentOrder payment = Json.event(PaymentOrder.class,
				"{'timestamp':1644590834,'order':{'id':1,'status':200,'updatedAt':" + json + "}}");
		assertThat(payment.updatedAt()).isNull();
		assertThat(payment.rawUpdatedAt()).isNotNull();
		assertThat(payment.occurredAt()).as("falls back to the timestamp").isEqualTo("2022-02-11T14:47:14Z");
	}

	@ParameterizedTest
	@CsvSource({ "1644590834", "1644590834000", "'\"1644590834\"'" })
	void theTimestampIsInSecondsOrMilliseconds(String timestamp) {
		PaymentOrder payment = Json.event(PaymentOrder.class,
				"{'timestamp':" + timestamp + ",'order':{'id':1,'status':200}}");
		assertThat(payment.timestamp()).isEqualTo("2022-02-11T14:47:14Z");
		assertThat(payment.rawTimestamp()).isEqualTo(timestamp.replace("\"", ""));
	}

	@Test
	void theOwnTimeOfAPaymentIsWhenItsStatusChanged() {
		PaymentOrder payment = Json.event(PaymentOrder.class, """
				{'timestamp':1644590834,'order':{'id':1,'status':200,'updatedAt':'2022-02-11T14:00:00+00:00'}}""");
		assertThat(payment.occurredAt()).isEqualTo(Instant.parse("2022-02-11T14:00:00Z"));
		assertThat(Json.payment("").occurredAt()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "null", "{}", "'x'", "[1,null,'x']" })
	void variablesMayBeMissing(String variables) {
		assertThat(Json.payment(",'variables':" + variables).variables()).isEmpty();
	}

	@Test
	void aVariableMayLackNameTypeAndValue() {
		assertThat(Json.payment(",'variables':[{},{'value':{'a':1},'valueType':'99'}]").variables()).containsExactly(
				new PaymentVariable(null, VariableType.UNKNOWN, null, null),
				new PaymentVariable(null, VariableType.UNKNOWN, "99", "{\"a\":1}"));
	}

	static Stream<Arguments> typedValues() {
		return Stream.of(Arguments.of(1, "'Hello World'", "Hello World", "Hello World"),
				Arguments.of(2, "'55684213'", "55684213", new BigDecimal("55684213")),
				Arguments.of(2, "-12.50", "-12.50", new BigDecimal("-12.50")),
				Arguments.of(2, "'1e999999999'", "1e999999999", null),
				Arguments.of(2, "1e2147483647", "1E+2147483647", null),
				Arguments.of(2, "'0e2147483647'", "0e2147483647", null),
				Arguments.of(2, "'1e2147483648'", "1e2147483648", null), Arguments.of(2, "'many'", "many", null),
				Arguments.of(3, "'2022-02-25'", "2022-02-25", LocalDate.of(2022, 2, 25)),
				Arguments.of(3, "'25.02.2022'", "25.02.2022", null), Arguments.of(4, "true", "true", true),
				Arguments.of(4, "'False'", "False", false), Arguments.of(4, "1", "1", true),
				Arguments.of(4, "'0'", "0", false), Arguments.of(4, "'maybe'", "maybe", null),
				Arguments.of(5, "' +38063456228 '", " +38063456228 ", "+38063456228"),
				Arguments.of(6, "' User@SendPulse.COM '", " User@SendPulse.COM ", "user@sendpulse.com"),
				Arguments.of(7, "'http://sendpulse.com'", "http://sendpulse.com", URI.create("http://sendpulse.com")),
				Arguments.of(7, "'not a url'", "not a url", null),
				Arguments.of(9, "'2022-02-25 14:47'", "2022-02-25 14:47", LocalDateTime.of(2022, 2, 25, 14, 47)),
				Arguments.of(9, "'2022-02-25'", "2022-02-25", null),
				Arguments.of(9, "'2022-02-31 14:47'", "2022-02-31 14:47", null),
				Arguments.of(10, "'14:47'", "14:47", LocalTime.of(14, 47)), Arguments.of(10, "'25:00'", "25:00", null),
				Arguments.of(8, "'x'", "x", null), Arguments.of(2, "''", "", null),
				Arguments.of(6, "null", null, null));
	}

	@ParameterizedTest
	@MethodSource("typedValues")
	void valuesAreTypedAndTheTextIsAlwaysThere(int type, String json, @Nullable String text, @Nullable Object value) {
		PaymentVariable variable = variable(type, json);
		assertThat(variable.text()).isEqualTo(text);
		assertThat(variable.valueTypeCode()).isEqualTo(String.valueOf(type));
		assertThat(variable.value()).isEqualTo(value);
	}

	@Test
	void anAccessorGivesNothingForAnotherType() {
		PaymentVariable variable = variable(1, "'2022-02-25'");
		assertThat(variable.date()).isNull();
		assertThat(variable.number()).isNull();
		assertThat(variable.bool()).isNull();
		assertThat(variable.phone()).isNull();
		assertThat(variable.email()).isNull();
		assertThat(variable.url()).isNull();
		assertThat(variable.dateTime()).isNull();
		assertThat(variable.time()).isNull();
	}

	private static PaymentVariable variable(int type, String json) {
		return Json.payment(",'variables':[{'name':'n','valueType':%d,'value':%s}]".formatted(type, json))
			.variables()
			.get(0);
	}

}
