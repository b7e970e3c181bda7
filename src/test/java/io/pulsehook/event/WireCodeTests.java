package io.pulsehook.event;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the enums have the same codes as the tables on SendPulse's page.
 */
class WireCodeTests {

	static Stream<Arguments> tables() {
		return Stream.of(
				Arguments.of(EventTitle.values(), (Function<String, WireCode>) EventTitle::of,
						"new_subscriber run_custom_flow open_chat link_click bot_block unsubscribe outgoing_message "
								+ "incoming_message failed_delivery"),
				Arguments.of(Channel.values(), (Function<String, WireCode>) Channel::of,
						"messenger telegram viber instagram livechat whatsapp tiktok"),
				Arguments.of(PaymentStatus.values(), (Function<String, WireCode>) PaymentStatus::of,
						"100 101 102 103 104 200 300 301 302 303 304 305 400 500"),
				Arguments.of(PaymentService.values(), (Function<String, WireCode>) PaymentService::of,
						"1 3 4 5 100 200 300 400"),
				Arguments.of(PaymentMethod.values(), (Function<String, WireCode>) PaymentMethod::of,
						"2 3 6 7 8 9 10 11 12"),
				Arguments.of(PaymentType.values(), (Function<String, WireCode>) PaymentType::of, "1 2 3"), Arguments
					.of(VariableType.values(), (Function<String, WireCode>) VariableType::of, "1 2 3 4 5 6 7 9 10"));
	}

	@ParameterizedTest
	@MethodSource("tables")
	void hasTheWholeTableAndAConstantForTheUnknown(WireCode[] constants, Function<@Nullable String, WireCode> factory,
			String codes) {
		assertThat(Arrays.stream(constants).map(WireCode::code).collect(Collectors.joining(" ")))
			.isEqualTo(codes + " ");
		assertThat(constants).allSatisfy((constant) -> assertThat(factory.apply(constant.code())).isSameAs(constant));
		WireCode unknown = constants[constants.length - 1];
		assertThat(unknown).hasToString((constants[0] instanceof EventTitle) ? "OTHER" : "UNKNOWN");
		assertThat(Stream.of("16", "nonsense", "-1").map(factory)).containsOnly(unknown);
		assertThat(factory.apply(null)).isSameAs(unknown);
	}

	@Test
	void aServiceIsFoundInAnyCaseAndATitleOnlyExactly() {
		assertThat(Channel.of("TELEGRAM")).isEqualTo(Channel.TELEGRAM);
		assertThat(EventTitle.of("Open_Chat")).isEqualTo(EventTitle.OTHER);
	}

}
