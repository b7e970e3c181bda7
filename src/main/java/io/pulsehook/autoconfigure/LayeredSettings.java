package io.pulsehook.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import io.pulsehook.dispatch.handler.HandlerSettings;
import io.pulsehook.dispatch.handler.SettingOrigin;

/**
 * What is said of one handler in several places.
 *
 * @param layers what each place sets, of which the first precedes the others
 * @param defaults what holds where none of them sets anything
 */
record LayeredSettings(List<Layer> layers, HandlerSettings defaults) {

	/**
	 * Merges the layers. A filter is taken from one layer as a whole.
	 * @return the settings
	 * @throws IllegalArgumentException if settings of different layers contradict each
	 * other
	 */
	HandlerSettings merge() {
		return new HandlerSettings(first(HandlerOverrides::maxRetries, HandlerSettings::maxRetries),
				first(HandlerOverrides::delay, HandlerSettings::delay),
				first(HandlerOverrides::multiplier, HandlerSettings::multiplier),
				first(HandlerOverrides::maxDelay, HandlerSettings::maxDelay),
				first(HandlerOverrides::jitter, HandlerSettings::jitter),
				first(HandlerOverrides::includes, HandlerSettings::includes),
				first(HandlerOverrides::excludes, HandlerSettings::excludes),
				first(HandlerOverrides::timeout, HandlerSettings::timeout),
				first(HandlerOverrides::concurrency, HandlerSettings::concurrency),
				first(HandlerOverrides::ordering, HandlerSettings::ordering),
				first(HandlerOverrides::filter, HandlerSettings::filter),
				first(HandlerOverrides::rate, HandlerSettings::rate),
				first(HandlerOverrides::breaker, HandlerSettings::breaker),
				first(HandlerOverrides::quiet, HandlerSettings::quiet),
				first(HandlerOverrides::maxWait, HandlerSettings::maxWait),
				first(HandlerOverrides::maxEvents, HandlerSettings::maxEvents));
	}

	private <T> T first(Function<HandlerOverrides, @Nullable T> own, Function<HandlerSettings, T> common) {
		return this.layers.stream()
			.map((layer) -> own.apply(layer.overrides()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> common.apply(this.defaults));
	}

	/**
	 * Tells where each setting comes from.
	 * @return the origins by the names of the settings
	 */
	Map<String, SettingOrigin> origins() {
		Map<String, SettingOrigin> origins = new LinkedHashMap<>();
		for (RecordComponent setting : HandlerOverrides.class.getRecordComponents()) {
			origins.put(setting.getName(), this.layers.stream()
				.filter((layer) -> ReflectionUtils.invokeMethod(setting.getAccessor(), layer.overrides()) != null)
				.map(Layer::origin)
				.findFirst()
				.orElse(SettingOrigin.DEFAULT));
		}
		return origins;
	}

	/**
	 * What one place sets.
	 *
	 * @param origin the place
	 * @param overrides the settings, {@code null} where it sets nothing
	 */
	record Layer(SettingOrigin origin, HandlerOverrides overrides) {

	}

}
