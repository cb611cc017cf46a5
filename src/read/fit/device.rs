//! The makers of devices, by FIT's numbers.

/// The common makers. Source: FIT profile 21, type `manufacturer`.
const MAKERS: &[(u32, &str)] = &[
    (1, "Garmin"),
    (2, "Garmin"),
    (6, "SRM"),
    (13, "Garmin"),
    (15, "Garmin"),
    (16, "Timex"),
    (23, "Suunto"),
    (32, "Wahoo"),
    (38, "o-synce"),
    (45, "Xplova"),
    (48, "Pioneer"),
    (63, "Specialized"),
    (67, "Bkool"),
    (68, "Cateye"),
    (69, "Stages"),
    (70, "Sigma"),
    (73, "Wattbike"),
    (86, "Elite"),
    (89, "Tacx"),
    (107, "Magene"),
    (115, "iGPSPORT"),
    (123, "Polar"),
    (258, "Lezyne"),
    (260, "Zwift"),
    (265, "Strava"),
    (267, "Bryton"),
    (282, "Wahoo SYSTM"),
    (289, "Hammerhead"),
    (294, "COROS"),
    (310, "Decathlon"),
    (339, "Zepp"),
    (340, "Peloton"),
    (348, "Huawei"),
];

/// Maker and product, in the words of the file where it has some.
pub(super) fn name(
    maker: Option<u32>,
    product: Option<u32>,
    product_name: Option<String>,
) -> Option<String> {
    let maker = maker.map(|number| {
        let known = MAKERS.iter().find(|(known, _)| *known == number);
        known
            .map_or_else(|| format!("FIT maker {number}"), |(_, name)| (*name).to_owned())
    });
    let product =
        product_name.or_else(|| product.map(|number| format!("product {number}")));
    match (maker, product) {
        (Some(maker), Some(product)) => Some(format!("{maker} {product}")),
        (maker, product) => maker.or(product),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn prefers_the_names_of_the_file() {
        let named = name(Some(32), Some(31), Some("ELEMNT BOLT".to_owned()));
        assert_eq!(named.as_deref(), Some("Wahoo ELEMNT BOLT"));
        assert_eq!(
            name(Some(1), Some(2697), None).as_deref(),
            Some("Garmin product 2697")
        );
        assert_eq!(name(None, None, None), None);
    }
}
