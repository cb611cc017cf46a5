//! The name of a device: its maker and product.

use crate::fit_names;

/// Maker and product, in the words of the file where it has some, else of FIT's profile; the
/// number of what neither names, as of everything in a library without the feature `inspect`.
pub(super) fn name(
    maker: Option<u32>,
    product: Option<u32>,
    product_name: Option<String>,
) -> Option<String> {
    let product = product_name.or_else(|| {
        let number = product?;
        let named = fit_names::product(maker, number);
        Some(named.unwrap_or_else(|| format!("product {number}")))
    });
    let maker = maker.map(|number| {
        fit_names::maker(number).unwrap_or_else(|| format!("FIT maker {number}"))
    });
    match (maker, product) {
        (Some(maker), Some(product)) if begins_with_word(&product, &maker) => {
            Some(product)
        }
        (Some(maker), Some(product)) => Some(format!("{maker} {product}")),
        (maker, product) => maker.or(product),
    }
}

/// Whether a product says its maker itself: Tacx Neo Smart.
fn begins_with_word(product: &str, maker: &str) -> bool {
    let first = |text: &str| text.split_whitespace().next().map(str::to_lowercase);
    first(product).is_some() && first(product) == first(maker)
}

#[cfg(all(test, feature = "inspect"))]
mod tests {
    use super::name;

    #[test]
    fn prefers_the_names_of_the_file() {
        let named = name(Some(32), Some(31), Some("ELEMNT BOLT".to_owned()));
        assert_eq!(named.as_deref(), Some("Wahoo Fitness ELEMNT BOLT"));
        let named = name(Some(32), Some(31), Some("Wahoo BOLT".to_owned()));
        assert_eq!(named.as_deref(), Some("Wahoo BOLT"));
        assert_eq!(name(Some(1), Some(2697), None).as_deref(), Some("Garmin fenix 5"));
        assert_eq!(
            name(Some(32), Some(31), None).as_deref(),
            Some("Wahoo Fitness product 31")
        );
        assert_eq!(name(Some(60_000), None, None).as_deref(), Some("FIT maker 60000"));
        assert_eq!(name(None, None, None), None);
    }
}
