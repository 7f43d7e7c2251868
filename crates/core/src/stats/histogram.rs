//! Latency histograms, which HDR tools merge across rounds, workers and machines.
//!
//! HDR histograms (<http://hdrhistogram.org>) with 3 significant digits over 1 µs to 1 hour, written in the
//! standard V2 compressed form, base64, so that other HDR tools read them.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hdrhistogram::{
    Histogram,
    serialization::{Deserializer, Serializer, V2Serializer},
};
use miniz_oxide::{deflate::compress_to_vec_zlib, inflate::decompress_to_vec_zlib_with_limit};

/// Largest value recorded, in µs: one hour. Larger ones are recorded as this.
const LARGEST_US: u64 = 3_600_000_000;

/// How many bytes the compressed form has before the compressed bytes: a cookie and their number, big-endian (HdrHistogram,
/// `AbstractHistogram.java`, `encodeIntoCompressedByteBuffer`).
const ENVELOPE: usize = 8;

/// The cookie of the V2 compressed form.
const COOKIE: u32 = 0x1c84_9314;

/// Deflate's usual level.
const LEVEL: u8 = 6;

/// Where the unfolded form has its significant digits: after cookie, length and offset, a big-endian number of four bytes.
const DIGITS_AT: usize = 12;

/// The most significant digits of a histogram that is read: memory grows tenfold with each, up to 50 MB at five.
const MOST_DIGITS: u32 = 3;

/// The longest that a histogram of [`MOST_DIGITS`] unfolds into, in bytes: nine for each of its counts.
const MOST_UNFOLDED: usize = 1_000_000;

/// A histogram of times, kept in whole µs.
#[derive(Clone, Debug)]
pub struct LatencyHistogram(Histogram<u64>);

/// Why a histogram could not be made or read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HistogramError {
    /// The text is not base64.
    #[error("The histogram is not base64 text.")]
    NotBase64,
    /// The bytes are not a histogram in V2 compressed form.
    #[error("The histogram is not in the HDR V2 compressed form.")]
    NotHdr,
    /// It is finer than any that Fetchmark writes, and so too large to be read from anywhere.
    #[error("The histogram has more than {MOST_DIGITS} significant digits.")]
    TooFine,
    /// The histogram could not be allocated or written.
    #[error("The histogram could not be written.")]
    NotWritable,
}

impl LatencyHistogram {
    /// An empty histogram.
    ///
    /// # Errors
    /// [`HistogramError::NotWritable`] if the fixed bounds were refused, which they are not.
    pub fn new() -> Result<Self, HistogramError> {
        Histogram::new_with_bounds(1, LARGEST_US, 3).map(Self).map_err(|_| HistogramError::NotWritable)
    }

    /// Adds one time. Negative and non-finite values are not times and are left out.
    pub fn record(&mut self, ms: f64) {
        if ms.is_finite() && ms >= 0.0 {
            self.0.saturating_record(((ms * 1_000.0).round() as u64).clamp(1, LARGEST_US));
        }
    }

    /// Adds another's times, which keep the digits that both have.
    pub fn add(&mut self, other: &Self) {
        // It fails only where a time is beyond the bounds of this one, which are those of every histogram written here; such a time of
        // another tool is then its longest.
        if self.0.add(&other.0).is_err() {
            for value in other.0.iter_recorded() {
                self.0.saturating_record_n(value.value_iterated_to(), value.count_at_value());
            }
        }
    }

    /// How many times it holds.
    pub fn count(&self) -> u64 {
        self.0.len()
    }

    /// The histogram, in µs, for writing it in other forms.
    pub(crate) fn inner(&self) -> &Histogram<u64> {
        &self.0
    }

    /// The time, in ms, at or below which a share of `quantile` (0 to 1) lies; `None` when empty.
    pub fn quantile_ms(&self, quantile: f64) -> Option<f64> {
        (!self.0.is_empty()).then(|| self.0.value_at_quantile(quantile) as f64 / 1_000.0)
    }

    /// The shortest and longest time, in ms, that share a bucket with the time at this quantile; `None` when empty.
    pub(crate) fn bucket_ms(&self, quantile: f64) -> Option<(f64, f64)> {
        let longest = self.0.value_at_quantile(quantile);
        let in_ms = |us: u64| us as f64 / 1_000.0;
        (!self.0.is_empty()).then(|| (in_ms(self.0.lowest_equivalent(longest)), in_ms(longest)))
    }

    /// The V2 compressed form in base64.
    ///
    /// # Errors
    /// [`HistogramError::NotWritable`] if it is too long for the form.
    pub fn to_base64(&self) -> Result<String, HistogramError> {
        let mut unfolded = Vec::new();
        V2Serializer::new().serialize(&self.0, &mut unfolded).map_err(|_| HistogramError::NotWritable)?;
        let packed = compress_to_vec_zlib(&unfolded, LEVEL);
        let length = u32::try_from(packed.len()).map_err(|_| HistogramError::NotWritable)?;
        Ok(STANDARD.encode([&COOKIE.to_be_bytes()[..], &length.to_be_bytes(), &packed].concat()))
    }

    /// The curve of the percentiles: pairs of a share (0 to 1) and the time in ms at or below which that share of all times lies,
    /// as in [`crate::stats::summary::Latency::quantiles`]. A bucket may reach beyond the times that were seen, so these are kept
    /// within `min` and `max`. Empty when the histogram is.
    pub fn curve(&self, min: f64, max: f64) -> Vec<(f64, f64)> {
        let at = |share| self.quantile_ms(share).map(|ms| (share, ms.max(min).min(max)));
        curve(self.count()).filter_map(at).collect()
    }

    /// Reads what [`Self::to_base64`], or another HDR tool, wrote. What it may cost is bounded: it may come from anywhere.
    ///
    /// # Errors
    /// [`HistogramError::NotBase64`], [`HistogramError::NotHdr`] or [`HistogramError::TooFine`].
    pub fn from_base64(text: &str) -> Result<Self, HistogramError> {
        let bytes = STANDARD.decode(text).map_err(|_| HistogramError::NotBase64)?;
        let packed = bytes.get(ENVELOPE..).ok_or(HistogramError::NotHdr)?;
        let unfolded =
            decompress_to_vec_zlib_with_limit(packed, MOST_UNFOLDED).map_err(|_| HistogramError::NotHdr)?;
        let digits = unfolded.get(DIGITS_AT..DIGITS_AT + 4).and_then(|bytes| bytes.try_into().ok());
        if digits.map(u32::from_be_bytes).is_none_or(|digits| digits > MOST_DIGITS) {
            return Err(if digits.is_some() { HistogramError::TooFine } else { HistogramError::NotHdr });
        }
        Deserializer::new()
            .deserialize(&mut unfolded.as_slice())
            .map(Self)
            .map_err(|_| HistogramError::NotHdr)
    }
}

/// Shares from 0 to 1, each two steps halving what is beyond, for as long as one of `count` times is beyond.
pub(crate) fn curve(count: u64) -> impl Iterator<Item = f64> {
    let halvings = (count as f64).log2();
    let steps = (2.0 * halvings).floor() as i32;
    (0..=steps).map(|step| 1.0 - 0.5_f64.powf(f64::from(step) / 2.0)).chain([1.0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use hdrhistogram::serialization::V2DeflateSerializer;
    use proptest::prelude::*;

    fn of(times: impl IntoIterator<Item = f64>) -> LatencyHistogram {
        let mut histogram = LatencyHistogram::new().unwrap();
        times.into_iter().for_each(|ms| histogram.record(ms));
        histogram
    }

    fn refused(bytes: &[u8]) -> HistogramError {
        LatencyHistogram::from_base64(&STANDARD.encode(bytes)).unwrap_err()
    }

    #[test]
    fn quantiles_hold_three_digits() {
        let histogram = of((1..=1_000).map(f64::from));
        let p99 = histogram.quantile_ms(0.99).unwrap();
        assert!((p99 / 990.0 - 1.0).abs() < 0.001, "{p99}");
        assert_eq!(histogram.count(), 1_000);
    }

    #[test]
    fn what_is_no_time_is_left_out() {
        let histogram = of([f64::NAN, f64::INFINITY, -1.0]);
        assert_eq!((histogram.count(), histogram.quantile_ms(0.5)), (0, None));
    }

    #[test]
    fn damaged_text_is_refused() {
        assert_eq!(LatencyHistogram::from_base64("%").unwrap_err(), HistogramError::NotBase64);
        assert_eq!([refused(&[0; 3]), refused(&[0; 64])], [HistogramError::NotHdr, HistogramError::NotHdr]);
    }

    #[test]
    fn a_histogram_of_many_digits_is_refused_before_it_takes_memory() {
        let mut fine = Histogram::<u64>::new_with_bounds(1, 1_000, 5).unwrap();
        fine.record(7).unwrap();
        let mut bytes = Vec::new();
        V2DeflateSerializer::new().serialize(&fine, &mut bytes).unwrap();
        assert_eq!(refused(&bytes), HistogramError::TooFine);
        // Too long, it is not even unfolded as far as its digits.
        let (envelope, packed) = bytes.split_at(ENVELOPE);
        let mut long = miniz_oxide::inflate::decompress_to_vec_zlib(packed).unwrap();
        long.resize(MOST_UNFOLDED + 1, 0);
        let bomb = [envelope, &miniz_oxide::deflate::compress_to_vec_zlib(&long, 6)].concat();
        assert_eq!(refused(&bomb), HistogramError::NotHdr);
    }

    proptest! {
        #![proptest_config(crate::report::fixture::same_each_time(64))]

        #[test]
        fn the_text_form_round_trips(times in prop::collection::vec(0.0_f64..1e5, 0..200)) {
            let whole = of(times);
            let text = whole.to_base64().unwrap();
            prop_assert_eq!(&LatencyHistogram::from_base64(&text).unwrap().0, &whole.0);
            // As other HDR tools read it.
            let bytes = STANDARD.decode(&text).unwrap();
            let read: Histogram<u64> = Deserializer::new().deserialize(&mut bytes.as_slice()).unwrap();
            prop_assert_eq!(&read, &whole.0);
        }
    }
}
