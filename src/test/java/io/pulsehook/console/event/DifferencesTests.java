package io.pulsehook.console.event;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import io.pulsehook.console.event.Differences.Row;

import static org.assertj.core.api.Assertions.assertThat;

class DifferencesTests {

	private static final JsonMapper json = JsonMapper.shared();

	@Test
	void areTheValuesThatOnlyOneHasOrThatDiffer() {
		Differences differences = Differences.between(
				json.readTree("{\"a\":1,\"b\":{\"c\":\"x\",\"d\":[1,2]},\"e\":{},\"f\":null}"),
				json.readTree("{\"a\":1,\"b\":{\"c\":\"y\",\"d\":[1]},\"e\":{},\"g\":true}"));
		assertThat(differences.rows()).containsExactly(new Row("b.c", "x", "y"), new Row("b.d[1]", "2", null),
				new Row("f", "null", null), new Row("g", null, "true"));
		assertThat(differences.same()).isEqualTo(3);
	}

}
