package io.pulsehook.console.format;

import org.junit.jupiter.api.Test;

import io.pulsehook.event.PaymentStatus;

import static org.assertj.core.api.Assertions.assertThat;

class LabelsTests {

	@Test
	void namesEachOfSeveralTypesAsItNamesOne() {
		assertThat(Labels.type("PaymentOrder")).isEqualTo("Payment");
		assertThat(Labels.type("IncomingMessage, PaymentOrder")).isEqualTo("Incoming message, Payment");
	}

	@Test
	void namesAStatusThatIsNotDocumentedByItsNumber() {
		assertThat(Labels.payment(PaymentStatus.RETURNED_BY_SELLER, "500")).isEqualTo("Returned by seller");
		assertThat(Labels.payment(PaymentStatus.UNKNOWN, "999")).isEqualTo("Status 999");
		assertThat(Labels.payment(PaymentStatus.UNKNOWN, "")).isEqualTo("Unknown");
	}

}
